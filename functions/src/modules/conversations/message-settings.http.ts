import { createRoute, z } from '@hono/zod-openapi';
import type { TwilioPort } from '../../integrations/twilio/twilio.port.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  messageSettingsSchema,
  newNumberSchema,
  type OwnedNumber,
  settingsChangeSchema,
} from './message-settings.schema.ts';
import {
  changeSettings,
  getSettings,
  listNumbers,
  numberIdOf,
  registerNumber,
  releaseNumber,
} from './phone-numbers.service.ts';

const SETTINGS_PATH = '/api/messages/settings';
const NUMBERS_PATH = '/api/twilio/phone-numbers';

const settingsSchema = z.object(messageSettingsSchema.shape).openapi('MessageSettings');
const numberSchema = z
  .object({
    id: z.string(),
    phoneNumber: z.string(),
    friendlyName: z.string(),
    sid: z.string(),
    ownerId: z.string(),
    whatsApp: z.boolean(),
  })
  .openapi('PhoneNumber');

function toNumberView({ isWhatsApp, ...number }: OwnedNumber): z.infer<typeof numberSchema> {
  return { id: numberIdOf(number.phoneNumber), ...number, whatsApp: isWhatsApp };
}

/** Adds the routes by which administrators say how their organisation sends, and from where. */
export function registerMessageSettingsRoutes(
  api: Api,
  twilio: Pick<TwilioPort, 'findNumber'>,
): void {
  registerSettings(api);
  registerNumbers(api, twilio);
}

function registerSettings(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: SETTINGS_PATH,
      responses: answers(200, settingsSchema, 'Quiet hours, the daily budget and the numbers'),
    }),
    async (c) => c.json(settingsSchema.parse(await getSettings(c.var.caller)), 200),
  );
  for (const method of ['put', 'patch'] as const) {
    api.openapi(
      createRoute({
        method,
        path: SETTINGS_PATH,
        request: { body: jsonBody(settingsChangeSchema.clone().openapi('MessageSettingsChange')) },
        responses: answers(200, settingsSchema, 'The settings with the given ones changed'),
      }),
      async (c) => {
        const changed = await changeSettings(c.var.caller, c.req.valid('json'));
        return c.json(settingsSchema.parse(changed), 200);
      },
    );
  }
}

function registerNumbers(api: Api, twilio: Pick<TwilioPort, 'findNumber'>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: `${NUMBERS_PATH}/owned`,
      responses: answers(
        200,
        z.object({ success: z.literal(true), numbers: z.array(numberSchema) }),
        'The numbers of the organisation',
      ),
    }),
    async (c) => {
      const numbers = (await listNumbers(c.var.caller)).map(toNumberView);
      return c.json({ success: true as const, numbers }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: NUMBERS_PATH,
      request: { body: jsonBody(newNumberSchema.clone().openapi('NewPhoneNumber')) },
      responses: answers(201, numberSchema, 'The number, which is the organisation’s now'),
    }),
    async (c) => {
      const number = await registerNumber(c.var.caller, c.req.valid('json'), twilio);
      return c.json(toNumberView(number), 201);
    },
  );
  api.openapi(
    createRoute({
      method: 'delete',
      path: `${NUMBERS_PATH}/{id}`,
      request: { params: z.strictObject({ id: idSchema }) },
      responses: answers(
        200,
        z.object({ success: z.literal(true), message: z.string() }),
        'The number is nobody’s; the Twilio account keeps it',
      ),
    }),
    async (c) => {
      const { phoneNumber } = await releaseNumber(c.var.caller, c.req.valid('param').id);
      return c.json({ success: true as const, message: `${phoneNumber} given up` }, 200);
    },
  );
}
