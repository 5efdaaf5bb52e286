import { defineInt, defineSecret, defineString } from 'firebase-functions/params';

/** Every parameter and secret of the deployment; no other file of the product reads the environment. */

/** Where all functions run: beside the Firestore database, so that a round trip stays short. */
export const REGION = 'us-central1';

/** True where tasks go to the Tasks emulator, which asks nobody who sends them. */
export function isTasksEmulated(): boolean {
  return Boolean(process.env.CLOUD_TASKS_EMULATOR_HOST);
}

/**
 * How many tasks of a queue run at once. The emulator starts a process for each of them, and twenty
 * of those are more than a machine bears that also runs everything else.
 */
export function dispatchesAtOnce(inProduction: number): number {
  return process.env.FUNCTIONS_EMULATOR === 'true' ? Math.min(inProduction, 2) : inProduction;
}

interface Secret {
  readonly name: string;
  value(): string;
}

/**
 * Reads a secret and refuses an empty one: `defineSecret` answers a missing secret with an empty
 * string and only a warning, and an empty key must never sign or verify anything.
 */
export function readSecret(secret: Secret): string {
  const value = secret.value().trim();
  if (value === '') {
    throw new Error(
      `Secret ${secret.name} is not set; run: firebase functions:secrets:set ${secret.name}`,
    );
  }
  return value;
}

/** The password of the SMTP account that mails are sent with. */
export const SMTP_PASSWORD = defineSecret('SMTP_PASSWORD');
/** The key that the tokens in invitation mails are derived with. */
export const INVITATION_KEY = defineSecret('INVITATION_KEY');
/** The key of the Stripe account that pays people. */
export const STRIPE_SECRET_KEY = defineSecret('STRIPE_SECRET_KEY');
/** What Stripe signs its webhooks with: one `whsec_…` for each endpoint, and two while one is replaced. */
export const STRIPE_WEBHOOK_SECRETS = defineSecret('STRIPE_WEBHOOK_SECRETS');
/** The token that requests to Twilio are authorised with, and that Twilio signs its own with. */
export const TWILIO_AUTH_TOKEN = defineSecret('TWILIO_AUTH_TOKEN');
/** The key of the OpenAI project that drafts messages. */
export const OPENAI_API_KEY = defineSecret('OPENAI_API_KEY');

// Parameters have an empty default, because the emulator refuses to load functions when one lacks
// a value; who needs one reads it with readParam, which refuses an empty value.
const SMTP_HOST = defineString('SMTP_HOST', {
  default: '',
  description: 'Host name of the SMTP server that sends invitations and password resets',
});
const SMTP_PORT = defineInt('SMTP_PORT', {
  default: 587,
  description: 'Port of the SMTP server: 587 for STARTTLS, 465 for TLS from the start',
});
const SMTP_USER = defineString('SMTP_USER', { default: '', description: 'The SMTP account' });
const SMTP_FROM = defineString('SMTP_FROM', {
  default: '',
  description: 'The sender of mails, for example: Splitline <no-reply@example.com>',
});
const SMTP_TLS = defineString('SMTP_TLS', {
  default: 'required',
  description: 'required, or none for a server on this machine that speaks no TLS',
});
const APP_URL = defineString('APP_URL', {
  default: '',
  description: 'Where people open the web client; the project’s own hosting address unless given',
});
const WEB_API_KEY = defineString('WEB_API_KEY', {
  default: '',
  description: 'The project’s Web API key (Project settings), needed by POST /api/auth/signin',
});
const STRIPE_API_URL = defineString('STRIPE_API_URL', {
  default: '',
  description: 'Where Stripe’s API is; left empty for Stripe itself',
});
const TWILIO_ACCOUNT_SID = defineString('TWILIO_ACCOUNT_SID', {
  default: '',
  description: 'The Twilio account (AC…) that texts are sent with and whose numbers are registered',
});
const TWILIO_API_URL = defineString('TWILIO_API_URL', {
  default: '',
  description: 'Where Twilio’s API is; left empty for Twilio itself',
});
const OPENAI_API_URL = defineString('OPENAI_API_URL', {
  default: '',
  description: 'Where OpenAI’s API is; left empty for OpenAI itself',
});
const DEFAULT_MODEL = 'gpt-4.1-mini';
const OPENAI_MODEL = defineString('OPENAI_MODEL', {
  default: DEFAULT_MODEL,
  description: 'The model that drafts messages',
});
const WEBHOOK_TARGETS = defineString('WEBHOOK_TARGETS', {
  default: 'public',
  description:
    'public: webhooks go to https addresses of the internet alone. local: also to http and to private networks, for a deployment whose receivers are in its own network',
});

interface Parameter {
  readonly name: string;
  value(): string;
}

/** Reads a parameter that must have a value. */
function readParam(param: Parameter): string {
  const value = param.value().trim();
  if (value === '') {
    throw new Error(`Parameter ${param.name} is not set; add it to functions/.env.<project>`);
  }
  return value;
}

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: 'required' | 'none';
  readonly user: string;
  readonly password: string;
  readonly from: string;
}

/** How mails are sent. @throws Error naming the parameter or secret that is not set */
export function smtpSettings(): SmtpSettings {
  return {
    host: readParam(SMTP_HOST),
    port: SMTP_PORT.value(),
    tls: SMTP_TLS.value() === 'none' ? 'none' : 'required',
    user: readParam(SMTP_USER),
    password: readSecret(SMTP_PASSWORD),
    from: readParam(SMTP_FROM),
  };
}

/** How Stripe is reached. @throws Error naming the secret that is not set */
export function stripeSettings(): {
  readonly secretKey: string;
  readonly apiUrl: string | undefined;
} {
  return {
    secretKey: readSecret(STRIPE_SECRET_KEY),
    apiUrl: STRIPE_API_URL.value().trim() || undefined,
  };
}

/** The secrets that a webhook of Stripe's may be signed with, at least one. @throws Error */
export function stripeWebhookSecrets(): readonly string[] {
  const secrets = listIn(readSecret(STRIPE_WEBHOOK_SECRETS));
  if (secrets.length > 0) return secrets;
  throw new Error('Secret STRIPE_WEBHOOK_SECRETS holds no secret; give whsec_… of the endpoint');
}

/** The parts of a text that commas divide, without the empty ones. */
function listIn(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** How Twilio is reached. @throws Error naming the parameter or secret that is not set */
export function twilioSettings(): {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl: string | undefined;
} {
  return {
    accountSid: readParam(TWILIO_ACCOUNT_SID),
    authToken: readSecret(TWILIO_AUTH_TOKEN),
    apiUrl: TWILIO_API_URL.value().trim() || undefined,
  };
}

/** How OpenAI is reached. @throws Error naming the parameter or secret that is not set */
export function openAiSettings(): {
  readonly apiKey: string;
  readonly apiUrl: string | undefined;
  readonly model: string;
} {
  return {
    apiKey: readSecret(OPENAI_API_KEY),
    apiUrl: OPENAI_API_URL.value().trim() || undefined,
    // A default is the CLI's to write down, which tests and scripts do without.
    model: OPENAI_MODEL.value().trim() || DEFAULT_MODEL,
  };
}

/** A parameter or secret that a provider needs, and whether it has a value. */
interface ProviderSetting {
  readonly kind: 'parameter' | 'secret';
  readonly name: string;
  readonly isSet: boolean;
}

/** What each provider needs to be reached and to be believed; names and no values. */
export function providerSettings() {
  return {
    stripe: [secretSetting(STRIPE_SECRET_KEY), secretSetting(STRIPE_WEBHOOK_SECRETS)],
    twilio: [parameterSetting(TWILIO_ACCOUNT_SID), secretSetting(TWILIO_AUTH_TOKEN)],
    openai: [secretSetting(OPENAI_API_KEY)],
    email: [
      ...[SMTP_HOST, SMTP_USER, SMTP_FROM].map(parameterSetting),
      ...[SMTP_PASSWORD, INVITATION_KEY].map(secretSetting),
    ],
  } satisfies Record<string, readonly ProviderSetting[]>;
}

function secretSetting(secret: Secret): ProviderSetting {
  return { kind: 'secret', name: secret.name, isSet: listIn(secret.value()).length > 0 };
}

function parameterSetting(param: Parameter): ProviderSetting {
  return { kind: 'parameter', name: param.name, isSet: param.value().trim() !== '' };
}

/** Where webhooks may be sent: on the local platform receivers are on this machine. */
export function webhookTargets(): 'public' | 'local' {
  const isEmulated = process.env.FUNCTIONS_EMULATOR === 'true';
  return isEmulated || WEBHOOK_TARGETS.value() === 'local' ? 'local' : 'public';
}

/** Where people open the web client, without a slash at the end. */
export function appUrl(): string {
  const url = APP_URL.value().trim() || `https://${process.env.GCLOUD_PROJECT ?? ''}.web.app`;
  return url.replace(/\/+$/, '');
}

/** `host:port` of the Auth emulator, or undefined in production. */
export function authEmulatorHost(): string | undefined {
  return process.env.FIREBASE_AUTH_EMULATOR_HOST || undefined;
}

/** The key that names the project to Identity Toolkit; the emulator takes any. */
export function webApiKey(): string {
  return authEmulatorHost() === undefined ? readParam(WEB_API_KEY) : 'emulator';
}

/** The exported function that this process serves, such as `recordEvent.deals`, if it serves one. */
export function servedFunction(): string | undefined {
  return process.env.FUNCTION_TARGET || undefined;
}
