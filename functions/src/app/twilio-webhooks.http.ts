import { STATUS_PATH } from '../modules/conversations/conversations.public.ts';
import { receiveDelivery } from '../modules/inbox/inbox.public.ts';
import { AppError } from '../platform/errors.ts';
import type { Api } from '../platform/http/api.ts';
import { appUrl } from '../platform/params.ts';
import type { Invocation } from '../platform/runtime.ts';
import { idSchema } from '../platform/text.schema.ts';
import {
  INBOUND_TYPE,
  type Inbound,
  STATUS_TYPE,
  type StatusPayload,
} from '../workflows/receive-message.ts';
import { twilioSettingsOrRefusal } from './twilio.ts';

/** Where Twilio delivers the texts that come in. */
export const TWILIO_INBOUND_PATH = '/api/twilio/sms-webhook';

/** The doors that Twilio alone knows. */
export const TWILIO_WEBHOOK_PATHS = [TWILIO_INBOUND_PATH, STATUS_PATH] as const;

const MAX_MEDIA = 10;
const MAX_TEXT = 20_000;
const WHATSAPP = 'whatsapp:';
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

const ALWAYS_REPORTED = ['AccountSid', 'ApiVersion', 'From', 'MessageSid', 'MessageStatus', 'To'];
const ALWAYS_INBOUND = ['AccountSid', 'ApiVersion', 'Body', 'From', 'MessageSid', 'NumMedia', 'To'];
const ADDRESS = /^(whatsapp:)?\+[1-9]\d{4,14}$/;

type Fields = Readonly<Record<string, string>>;

/**
 * The doors of Twilio, which signs what it sends. A delivery is stored before it is answered and
 * processed later; its id follows from the text's, so whoever sends one again, however late and in
 * whatever form, adds nothing. What could not be stored is answered with a 5xx.
 */
export function registerTwilioRoutes(api: Api): void {
  api.post(TWILIO_INBOUND_PATH, async (c) => {
    const fields = await verified(c.req, TWILIO_INBOUND_PATH, ALWAYS_INBOUND);
    await receiveInbound(c.var.invocation, fields);
    // An answer in Twilio's markup that says nothing: what is answered is decided elsewhere.
    return c.body('<?xml version="1.0" encoding="UTF-8"?><Response/>', 200, {
      'Content-Type': 'text/xml; charset=utf-8',
    });
  });
  api.post(STATUS_PATH, async (c) => {
    const fields = await verified(c.req, STATUS_PATH, ALWAYS_REPORTED);
    const { org, message } = c.req.query();
    await receiveStatus(c.var.invocation, fields, { orgId: org ?? '', messageId: message ?? '' });
    return c.json({ received: true });
  });
}

interface SignedRequest {
  readonly url: string;
  header(name: string): string | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** @throws AppError malformed, unsupported-media-type; unavailable when we are not set up */
async function verified(
  request: SignedRequest,
  path: string,
  always: readonly string[],
): Promise<Fields> {
  const { authToken, accountSid } = twilioSettingsOrRefusal();
  if (!FORM_TYPE.test(request.header('Content-Type') ?? '')) {
    throw new AppError(
      'unsupported-media-type',
      'Send application/x-www-form-urlencoded, as Twilio does',
    );
  }
  const body = new Uint8Array(await request.arrayBuffer());
  // Loaded here: other requests have no need of Twilio's SDK.
  const { TwilioSignatureRefusal, verifyTwilioRequest } = await import(
    '../integrations/twilio/twilio.verify.ts'
  );
  const queryAt = request.url.indexOf('?');
  const query = queryAt === -1 ? '' : request.url.slice(queryAt);
  try {
    return verifyTwilioRequest(body, {
      // The public address: what this server is called behind Hosting, Twilio does not know.
      url: `${appUrl()}${path}${query}`,
      signature: request.header('X-Twilio-Signature'),
      ...{ authToken, accountSid, always },
    });
  } catch (cause) {
    if (!(cause instanceof TwilioSignatureRefusal)) throw cause;
    const { field } = cause;
    throw new AppError('malformed', `${field}: ${cause.message}`, { field, cause });
  }
}

async function receiveInbound(ctx: Invocation, fields: Fields): Promise<void> {
  const sid = sidIn(fields);
  const from = addressIn(fields, 'From');
  const inbound: Inbound = {
    ...{ sid, channel: from.startsWith(WHATSAPP) ? 'WHATSAPP' : 'SMS' },
    ...{ from: numberIn(from), to: numberIn(addressIn(fields, 'To')) },
    body: (fields.Body ?? '').slice(0, MAX_TEXT),
    profileName: fields.ProfileName ?? null,
    media: mediaIn(fields),
  };
  await receive(ctx, { type: INBOUND_TYPE, eventId: sid, payload: { ...inbound } });
}

async function receiveStatus(
  ctx: Invocation,
  fields: Fields,
  ids: { readonly orgId: string; readonly messageId: string },
): Promise<void> {
  const sid = sidIn(fields);
  const status = required(fields, 'MessageStatus');
  for (const [field, id] of [
    ['org', ids.orgId],
    ['message', ids.messageId],
    ['MessageStatus', status],
  ] as const) {
    if (!idSchema.safeParse(id).success) throw malformed(field, 'is not as it was asked for');
  }
  const errorCode = fields.ErrorCode || null;
  const payload: StatusPayload = { sid, ...ids, status, errorCode };
  await receive(ctx, { type: STATUS_TYPE, eventId: `${sid}_${status}`, payload: { ...payload } });
}

async function receive(
  ctx: Invocation,
  delivery: { type: string; eventId: string; payload: Record<string, unknown> },
): Promise<void> {
  const { duplicate } = await receiveDelivery(ctx, {
    ...{ provider: 'twilio', occurredAt: ctx.now, livemode: true, account: null },
    ...delivery,
  });
  const { type, eventId } = delivery;
  ctx.log.info({ twilioEventId: eventId, type, duplicate }, 'webhook received');
}

function sidIn(fields: Fields): string {
  const sid = required(fields, 'MessageSid');
  if (/^(SM|MM)[0-9a-f]{32}$/.test(sid)) return sid;
  throw malformed('MessageSid', 'is not the id of a text');
}

function required(fields: Fields, name: string): string {
  const value = fields[name] ?? '';
  if (value === '') throw malformed(name, 'is missing');
  return value;
}

function addressIn(fields: Fields, name: string): string {
  const address = required(fields, name);
  if (ADDRESS.test(address)) return address;
  throw malformed(name, 'is not a phone number as Twilio writes them');
}

function numberIn(address: string): string {
  return address.startsWith(WHATSAPP) ? address.slice(WHATSAPP.length) : address;
}

function mediaIn(fields: Fields): Inbound['media'] {
  const count = Math.min(Number(fields.NumMedia ?? 0) || 0, MAX_MEDIA);
  return Array.from({ length: count }, (_, index) => ({
    url: fields[`MediaUrl${index}`] ?? '',
    contentType: fields[`MediaContentType${index}`] ?? '',
  })).filter(({ url }) => url.startsWith('https://'));
}

function malformed(field: string, problem: string): AppError {
  return new AppError('malformed', `${field}: ${problem}`, { field });
}
