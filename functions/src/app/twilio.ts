import type { TwilioPort } from '../integrations/twilio/twilio.port.ts';
import { AppError } from '../platform/errors.ts';
import { twilioSettings } from '../platform/params.ts';

let client: Promise<TwilioPort> | undefined;

/** One client for the life of the process; its SDK is loaded with the first call. */
function connected(): Promise<TwilioPort> {
  client ??= connect();
  // What was not set may be set when it is asked for again.
  client.catch(() => {
    client = undefined;
  });
  return client;
}

async function connect(): Promise<TwilioPort> {
  const settings = twilioSettingsOrRefusal();
  const { createTwilioClient } = await import('../integrations/twilio/twilio.client.ts');
  return createTwilioClient(settings);
}

/** @throws AppError unavailable, so that what waits for Twilio is tried again once it is set up */
export function twilioSettingsOrRefusal(): ReturnType<typeof twilioSettings> {
  try {
    return twilioSettings();
  } catch (error) {
    throw new AppError(
      'unavailable',
      'Texts are not set up here: an administrator has to set the parameter TWILIO_ACCOUNT_SID and the secret TWILIO_AUTH_TOKEN',
      { cause: error },
    );
  }
}

/** Twilio as the deployment is set up for it. */
export const twilio: TwilioPort = {
  sendMessage: async (message) => (await connected()).sendMessage(message),
  findMessages: async (query) => (await connected()).findMessages(query),
  findNumber: async (phoneNumber) => (await connected()).findNumber(phoneNumber),
};
