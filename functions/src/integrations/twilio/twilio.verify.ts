import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

/** Why a request is not taken for Twilio's; the text may be shown to whoever sent it. */
export class TwilioSignatureRefusal extends Error {
  readonly field: string;

  constructor(field: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'TwilioSignatureRefusal';
    this.field = field;
  }
}

/** What Twilio signs its requests over, and with. */
export interface TwilioSignature {
  /** The address that Twilio was given, with its query: the public one, not that of this server. */
  readonly url: string;
  readonly signature: string | undefined;
  readonly authToken: string;
  readonly accountSid: string;
  /** The fields that Twilio sends to this address every time. */
  readonly always: readonly string[];
}

/** As all of Twilio's names are. */
const NAME = /^[A-Za-z][A-Za-z0-9]*$/;

/**
 * The fields of a request that Twilio has signed. The signature covers the address and all fields,
 * and no time: that a request is not taken twice is for whoever stores it to see to. The values of
 * the fields that count must have a form that leaves no doubt about where each begins and ends.
 * @throws TwilioSignatureRefusal
 */
export function verifyTwilioRequest(
  body: Uint8Array,
  { url, signature, authToken, accountSid, always }: TwilioSignature,
): Readonly<Record<string, string>> {
  const header = 'X-Twilio-Signature';
  if (signature === undefined || signature === '') {
    throw new TwilioSignatureRefusal(header, 'is missing');
  }
  const fields = readFields(body);
  if (!validateRequest(authToken, signature, url, fields)) {
    throw new TwilioSignatureRefusal(
      header,
      'is not that of this account’s token for this address and these fields',
    );
  }
  if (fields.AccountSid !== accountSid) {
    throw new TwilioSignatureRefusal('AccountSid', 'is not the account set up here');
  }
  for (const name of always) {
    if (fields[name] === undefined) throw new TwilioSignatureRefusal(name, 'is missing');
  }
  return fields;
}

/**
 * The signature joins names and values without a mark between them, so that one text can be read as
 * other fields than it was made of: what cannot be Twilio's names is refused, and so is a name twice.
 */
function readFields(body: Uint8Array): Record<string, string> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new TwilioSignatureRefusal('body', 'is not UTF-8', { cause });
  }
  const entries = [...new URLSearchParams(text)];
  const names = new Set(entries.map(([name]) => name));
  if (names.size !== entries.length) {
    throw new TwilioSignatureRefusal('body', 'has a field twice, which Twilio never sends');
  }
  if (![...names].every((name) => NAME.test(name))) {
    throw new TwilioSignatureRefusal('body', 'has a field that Twilio does not send');
  }
  return Object.fromEntries(entries);
}
