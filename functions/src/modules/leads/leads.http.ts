import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { currencySchema } from '../../platform/money.schema.ts';
import { convertLead } from '../../workflows/convert-lead.ts';
import { newDealSchema } from '../deals/deals.schema.ts';
import { listShape, registerOwnedRoutes, toListView } from '../owned-records/owned-http.public.ts';
import { recordParamsSchema } from '../owned-records/owned-records.schema.ts';
import {
  type ConvertLead,
  conversionSchema,
  convertLeadSchema,
  leadChangeSchema,
  listLeadsSchema,
  newBusinessLeadSchema,
} from './leads.schema.ts';
import { createLead, getLead, listLeads, updateLead } from './leads.service.ts';
import { leadType } from './leads.type.ts';
import { leadViewSchema, toLeadView } from './leads.view.ts';

const PATH = '/api/leads';
/** This door's clients name custom fields that nobody defined; they become texts. */
const DEFINING = { unknownFields: 'define' } as const;

/** This door writes a deal's `value` in major units, its currency beside it. */
const dealBodySchema = newDealSchema
  .omit({ value: true, contactIds: true, companyId: true })
  .extend({ value: z.number().min(0), currency: currencySchema.optional() });
const { contactData, companyData, companyId } = convertLeadSchema.shape;
const convertBodySchema = z
  .strictObject({ contactData, companyData, companyId, deal: dealBodySchema.optional() })
  .openapi('LeadConversion');

const convertedSchema = conversionSchema.extend({
  success: z.literal(true),
  message: z.string(),
});

/** Adds the lead routes of the `/api` door. */
export function registerLeadRoutes(api: Api): void {
  registerListAndCreate(api);
  registerReadAndUpdate(api);
  registerConvert(api);
  registerOwnedRoutes(api, {
    path: PATH,
    noun: 'Lead',
    type: leadType,
    viewSchema: leadViewSchema,
    toView: toLeadView,
  });
}

function registerListAndCreate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      request: { query: listLeadsSchema },
      responses: answers(
        200,
        z.object({ leads: z.array(leadViewSchema), ...listShape }),
        'The leads visible to the caller, latest change first',
      ),
    }),
    async (c) => {
      const query = c.req.valid('query');
      const found = await listLeads(c.var.caller, query);
      return c.json({ leads: found.records.map(toLeadView), ...toListView(found, query) }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: PATH,
      request: { body: jsonBody(newBusinessLeadSchema) },
      responses: answers(201, leadViewSchema, 'The new lead'),
    }),
    async (c) =>
      c.json(toLeadView(await createLead(c.var.caller, c.req.valid('json'), DEFINING)), 201),
  );
}

function registerReadAndUpdate(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/{id}`,
      request: { params: recordParamsSchema },
      responses: answers(200, leadViewSchema, 'The lead'),
    }),
    async (c) => c.json(toLeadView(await getLead(c.var.caller, c.req.valid('param').id)), 200),
  );
  for (const method of ['put', 'patch'] as const) {
    api.openapi(
      createRoute({
        method,
        path: `${PATH}/{id}`,
        request: { params: recordParamsSchema, body: jsonBody(leadChangeSchema) },
        responses: answers(200, leadViewSchema, 'The lead with the given fields changed'),
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const lead = await updateLead(c.var.caller, id, c.req.valid('json'), DEFINING);
        return c.json(toLeadView(lead), 200);
      },
    );
  }
}

function registerConvert(api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/{id}/convert`,
      request: { params: recordParamsSchema, body: jsonBody(convertBodySchema) },
      responses: answers(200, convertedSchema, 'What became of the lead'),
    }),
    async (c) => {
      const input = toConvertLead(c.req.valid('json'));
      const { id } = c.req.valid('param');
      const conversion = await convertLead(c.var.caller, id, input, DEFINING);
      const message = 'Lead converted to contact';
      return c.json({ success: true as const, ...conversion, message }, 200);
    },
  );
}

function toConvertLead({ deal, ...rest }: z.infer<typeof convertBodySchema>): ConvertLead {
  if (deal === undefined) return rest;
  const { value, currency, ...given } = deal;
  const money = { amountMajor: value, ...(currency === undefined ? {} : { currency }) };
  return { ...rest, deal: { ...given, value: money } };
}
