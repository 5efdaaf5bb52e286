import OpenAI, { APIError } from 'openai';
import {
  type OpenAiPort,
  OpenAiRefusedError,
  OpenAiUnavailableError,
  type TextRequest,
  type WrittenText,
} from './openai.port.ts';

/** With the retry below the minute that a request to us may take. */
const TIMEOUT_MS = 20_000;
const MAX_RETRIES = 1;
/** Refusals that are about us and not about what was asked. */
const OURS: ReadonlySet<unknown> = new Set([401, 403, 404, 408, 409, 429]);

export interface OpenAiSettings {
  readonly apiKey: string;
  /** Where OpenAI's API is; undefined for OpenAI's own address. */
  readonly apiUrl: string | undefined;
  readonly model: string;
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
}

/** OpenAI by its own SDK. */
export function createOpenAiClient(settings: OpenAiSettings): OpenAiPort {
  const { apiKey, apiUrl, model, timeoutMs = TIMEOUT_MS, maxRetries = MAX_RETRIES } = settings;
  const sdk = new OpenAI({
    apiKey,
    timeout: timeoutMs,
    maxRetries,
    // Left out, the SDK would take them from the environment.
    baseURL: apiUrl === undefined ? 'https://api.openai.com/v1' : `${new URL(apiUrl).origin}/v1`,
    organization: null,
    project: null,
    // What is asked for holds personal data, which has no place in a log.
    logLevel: 'off',
  });
  return { writeText: (request) => writeText(sdk, model, request) };
}

async function writeText(
  sdk: OpenAI,
  model: string,
  { instructions, input, maxTokens, askedBy }: TextRequest,
): Promise<WrittenText> {
  try {
    const answer = await sdk.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content: input },
      ],
      max_completion_tokens: maxTokens,
      safety_identifier: askedBy,
      store: false,
    });
    const text = answer.choices[0]?.message.content?.trim() ?? '';
    if (text === '') throw new OpenAiRefusedError('The model wrote nothing; say more of what for');
    return { text, model: answer.model };
  } catch (error) {
    throw classified(error);
  }
}

function classified(error: unknown): unknown {
  if (!(error instanceof APIError)) return error;
  const options = { cause: error };
  const { status } = error;
  if (status === undefined || status >= 500 || OURS.has(status)) {
    return new OpenAiUnavailableError('The model did not answer', options);
  }
  return new OpenAiRefusedError('The model refused to write this', options);
}
