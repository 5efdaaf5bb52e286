import type { OpenAiPort } from '../integrations/openai/openai.port.ts';
import { AppError } from '../platform/errors.ts';
import { openAiSettings } from '../platform/params.ts';

let client: Promise<OpenAiPort> | undefined;

/** One client for the life of the process; its SDK is loaded with the first call. */
function connected(): Promise<OpenAiPort> {
  client ??= connect();
  // A key that was not set may be set when it is asked for again.
  client.catch(() => {
    client = undefined;
  });
  return client;
}

async function connect(): Promise<OpenAiPort> {
  const settings = settingsOrRefusal();
  const { createOpenAiClient } = await import('../integrations/openai/openai.client.ts');
  return createOpenAiClient(settings);
}

/** @throws AppError unavailable */
function settingsOrRefusal(): ReturnType<typeof openAiSettings> {
  try {
    return openAiSettings();
  } catch (error) {
    throw new AppError(
      'unavailable',
      'Drafts are not set up here: an administrator has to set the secret OPENAI_API_KEY; until then write the message yourself',
      { cause: error },
    );
  }
}

/** The language model as the deployment is set up for it. */
export const openAi: OpenAiPort = {
  writeText: async (request) => (await connected()).writeText(request),
};
