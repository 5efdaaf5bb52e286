import { createRoute, z } from '@hono/zod-openapi';
import { AppError } from '../../platform/errors.ts';
import type { Api } from '../../platform/http/api.ts';
import { batchAnswerSchema, toBatchAnswer } from '../../platform/http/batch-answer.ts';
import { answers, deletedSchema, jsonBody } from '../../platform/http/responses.ts';
import { currencySchema } from '../../platform/money.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { bulkUpdateDeals } from './bulk-deals.ts';
import {
  bulkUpdateDealsSchema,
  type DealChange,
  listDealsSchema,
  moveDealSchema,
  newDealSchema,
  updateDealSchema,
} from './deals.schema.ts';
import { createDeal, deleteDeal, getDeal, listDeals, restoreDeal } from './deals.service.ts';
import { dealViewSchema, toDealView } from './deals.view.ts';
import { moveDealStage, updateDeal } from './update-deal.ts';

/** The `/api` door writes an amount as `value` in major units, its currency beside it. */
const valueShape = { value: z.number().min(0), currency: currencySchema.optional() };

const newDealBodySchema = newDealSchema.omit({ value: true }).extend(valueShape).openapi('NewDeal');
const dealChangeBodySchema = updateDealSchema
  .omit({ dealId: true, value: true })
  .extend({ ...valueShape, value: valueShape.value.optional() })
  .openapi('DealChange');
const bulkBodySchema = bulkUpdateDealsSchema
  .extend({ change: dealChangeBodySchema.omit({ version: true }) })
  .openapi('BulkDealChange');

const dealParamsSchema = z.strictObject({ id: idSchema });
const dealAnswer = answers(200, dealViewSchema, 'The deal');

const dealListSchema = z.object({
  deals: z.array(dealViewSchema),
  total: z.int().optional(),
  page: z.int().optional(),
  totalPages: z.int().optional(),
  nextCursor: z.string().nullable(),
});

/** Adds the deal routes of the `/api` door. */
export function registerDealRoutes(api: Api): void {
  registerListAndCreate(api);
  registerSingle(api);
  registerUpdates(api);
  registerBin(api);
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/deals',
      request: { query: listDealsSchema },
      responses: answers(
        200,
        dealListSchema,
        'The deals visible to the caller, latest change first unless sorted otherwise',
      ),
    }),
    async (c) => {
      const query = c.req.valid('query');
      const { deals, nextCursor, total } = await listDeals(c.var.caller, query);
      const numbered =
        query.page === undefined || total === undefined
          ? {}
          : { page: query.page, totalPages: Math.ceil(total / query.limit) };
      const counted = total === undefined ? {} : { total, ...numbered };
      return c.json({ deals: deals.map(toDealView), nextCursor, ...counted }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/deals',
      request: { body: jsonBody(newDealBodySchema) },
      responses: answers(201, dealViewSchema, 'The new deal'),
    }),
    async (c) => {
      const { value, currency, ...deal } = c.req.valid('json');
      const money = { amountMajor: value, ...(currency === undefined ? {} : { currency }) };
      return c.json(toDealView(await createDeal(c.var.caller, { ...deal, value: money })), 201);
    },
  );
}

function registerSingle(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/deals/{id}',
      request: { params: dealParamsSchema },
      responses: dealAnswer,
    }),
    async (c) => c.json(toDealView(await getDeal(c.var.caller, c.req.valid('param').id)), 200),
  );
  api.openapi(
    createRoute({
      method: 'patch',
      path: '/api/deals/{id}/stage',
      request: {
        params: dealParamsSchema,
        body: jsonBody(moveDealSchema.omit({ dealId: true }).openapi('DealMove')),
      },
      responses: answers(200, dealViewSchema, 'The deal in its new stage'),
    }),
    async (c) => {
      const move = { dealId: c.req.valid('param').id, ...c.req.valid('json') };
      return c.json(toDealView(await moveDealStage(c.var.caller, move)), 200);
    },
  );
}

function registerUpdates(api: Api): void {
  for (const method of ['patch', 'put'] as const) {
    api.openapi(
      createRoute({
        method,
        path: '/api/deals/{id}',
        request: { params: dealParamsSchema, body: jsonBody(dealChangeBodySchema) },
        responses: answers(200, dealViewSchema, 'The deal after the change of the given fields'),
      }),
      async (c) => {
        const { version, ...body } = c.req.valid('json');
        const change = { ...withMoney(body), dealId: c.req.valid('param').id, version };
        return c.json(toDealView(await updateDeal(c.var.caller, change)), 200);
      },
    );
  }
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/deals/bulk',
      request: { body: jsonBody(bulkBodySchema) },
      responses: answers(200, batchAnswerSchema(dealViewSchema), 'How each deal fared'),
    }),
    async (c) => {
      const { ids, change } = c.req.valid('json');
      const rows = await bulkUpdateDeals(c.var.caller, { ids, change: withMoney(change) });
      return c.json(toBatchAnswer(rows, toDealView), 200);
    },
  );
}

function registerBin(api: Api): void {
  api.openapi(
    createRoute({
      method: 'delete',
      path: '/api/deals/{id}',
      request: { params: dealParamsSchema },
      responses: answers(200, deletedSchema, 'The deal is in the bin for 30 days'),
    }),
    async (c) => {
      await deleteDeal(c.var.caller, { dealId: c.req.valid('param').id });
      return c.json({ success: true as const, message: 'Deal deleted' }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/deals/{id}/restore',
      request: { params: dealParamsSchema },
      responses: dealAnswer,
    }),
    async (c) => {
      const restored = await restoreDeal(c.var.caller, { dealId: c.req.valid('param').id });
      return c.json(toDealView(restored), 200);
    },
  );
}

interface Money {
  readonly value?: number | undefined;
  readonly currency?: string | undefined;
}

function withMoney<T extends Money>({
  value,
  currency,
  ...change
}: T): Omit<T, 'value' | 'currency'> & Pick<DealChange, 'value'> {
  if (value !== undefined) {
    return {
      ...change,
      value: { amountMajor: value, ...(currency === undefined ? {} : { currency }) },
    };
  }
  if (currency === undefined) return change;
  throw new AppError(
    'invalid-argument',
    'currency: an amount has its currency beside it; give the value in the new currency too',
    { field: 'currency' },
  );
}
