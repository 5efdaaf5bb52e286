import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { orderClose } from './close-period.ts';
import { getPeriod, listPeriods } from './list-payouts.ts';
import {
  changePayoutSettingsSchema,
  listPeriodsSchema,
  previewPeriodSchema,
} from './payouts.schema.ts';
import {
  periodDetailSchema,
  periodListSchema,
  periodViewSchema,
  previewSchema,
  settingsViewSchema,
  toPeriodDetail,
  toPeriodList,
  toPeriodView,
  toPreview,
  toSettingsView,
} from './payouts.view.ts';
import { previewPeriod } from './preview-period.ts';
import { changePayoutSettings, getPayoutSettings } from './settings.ts';

const paramsSchema = z.strictObject({ id: idSchema });

/** Adds the routes about periods and how often people are paid. */
export function registerPeriodRoutes(api: Api): void {
  registerSettings(api);
  registerReads(api);
  registerClosing(api);
}

function registerSettings(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/payout-settings',
      responses: answers(200, settingsViewSchema, 'How often people are paid, and since when'),
    }),
    async (c) => c.json(toSettingsView(await getPayoutSettings(c.var.caller)), 200),
  );
  api.openapi(
    createRoute({
      method: 'put',
      path: '/api/payout-settings',
      request: {
        body: jsonBody(changePayoutSettingsSchema.extend({}).openapi('PayoutSettingsChange')),
      },
      responses: answers(200, settingsViewSchema, 'From the end of the last closed period on'),
    }),
    async (c) => {
      const settings = await changePayoutSettings(c.var.caller, c.req.valid('json'));
      return c.json(toSettingsView(settings), 200);
    },
  );
}

function registerReads(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/periods',
      request: { query: listPeriodsSchema },
      responses: answers(200, periodListSchema, 'The periods closed, and the next to be closed'),
    }),
    async (c) => c.json(toPeriodList(await listPeriods(c.var.caller, c.req.valid('query'))), 200),
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/periods/{id}',
      request: { params: paramsSchema },
      responses: answers(200, periodDetailSchema, 'The period; its totals for administrators'),
    }),
    async (c) => {
      const detail = await getPeriod(c.var.caller, c.req.valid('param').id);
      return c.json(toPeriodDetail(detail), 200);
    },
  );
}

function registerClosing(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/periods/{id}/preview',
      request: { params: paramsSchema, query: previewPeriodSchema.omit({ periodId: true }) },
      responses: answers(200, previewSchema, 'What closing it now would pay; nothing is written'),
    }),
    async (c) => {
      const input = { ...c.req.valid('query'), periodId: c.req.valid('param').id };
      return c.json(toPreview(await previewPeriod(c.var.caller, input)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/periods/{id}/close',
      request: { params: paramsSchema },
      responses: answers(200, periodViewSchema, 'A job closes the period; watch it by its jobId'),
    }),
    async (c) => {
      const period = await orderClose(c.var.caller, c.req.valid('param').id);
      return c.json(toPeriodView(period), 200);
    },
  );
}
