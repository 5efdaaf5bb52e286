import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { readText } from './twilio-wire.ts';

const HOST = '127.0.0.1';

/** The key that the fake accepts: fixed, so that anybody can use it. */
export const OPENAI_FAKE_KEY = 'sk-local-key-worth-nothing';

const requestSchema = z.looseObject({
  model: z.string().min(1),
  messages: z
    .array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
    .min(1),
  max_completion_tokens: z.int().min(1),
});
/** A request as it came. */
export type OpenAiRequest = z.infer<typeof requestSchema>;

/**
 * What happens to the next requests: `error` is a 500, `busy` a 429, `refuse` a 400, `locked` a 401;
 * `empty` writes nothing; `hang` never answers.
 */
export type OpenAiFault = 'error' | 'busy' | 'refuse' | 'locked' | 'empty' | 'hang';

export interface OpenAiFake {
  readonly url: string;
  readonly requests: readonly OpenAiRequest[];
  /** The model that the next answers name, where it is not the one that was asked for. */
  answerAs(model: string | undefined): void;
  fail(fault: OpenAiFault, count?: number): void;
  stop(): Promise<void>;
}

/** OpenAI's chat completions on the wire, for the real SDK: it writes the same text every time. */
export async function startOpenAiFake({ port }: { readonly port: number }): Promise<OpenAiFake> {
  const requests: OpenAiRequest[] = [];
  const faults: OpenAiFault[] = [];
  let model: string | undefined;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(String(error));
    });
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(request);
    if (request.method === 'GET') return show(response, 200, requests);
    const fault = faults.shift();
    if (fault === 'hang') return;
    const [status, answered] = answerTo(request, body, fault);
    show(response, status, answered);
  }
  function answerTo(
    request: IncomingMessage,
    body: string,
    fault: OpenAiFault | undefined,
  ): [number, object] {
    if (request.headers.authorization !== `Bearer ${OPENAI_FAKE_KEY}` || fault === 'locked') {
      return refusal(401, 'Incorrect API key provided', 'invalid_api_key');
    }
    if (request.url !== '/v1/chat/completions') return refusal(404, 'Unknown request URL', null);
    if (fault === 'error') return refusal(500, 'The server had an error', null);
    if (fault === 'busy') return refusal(429, 'Rate limit reached', 'rate_limit_exceeded');
    if (fault === 'refuse') return refusal(400, 'Refused by the content policy', 'content_filter');
    const asked = requestSchema.safeParse(JSON.parse(body));
    if (!asked.success) return refusal(400, z.prettifyError(asked.error), null);
    requests.push(asked.data);
    return [200, completion(asked.data, model, fault === 'empty' ? '' : undefined)];
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return {
    ...{ url: `http://${HOST}:${address.port}`, requests },
    answerAs: (name) => {
      model = name;
    },
    fail: (fault, count = 1) => faults.push(...Array.from({ length: count }, () => fault)),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function show(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function refusal(status: number, message: string, code: string | null): [number, object] {
  return [status, { error: { message, type: 'invalid_request_error', param: null, code } }];
}

function completion(asked: OpenAiRequest, model: string | undefined, text?: string): object {
  const content = text ?? written(asked.messages.at(-1)?.content ?? '');
  return {
    ...{ id: 'chatcmpl-fake', object: 'chat.completion', created: 0, model: model ?? asked.model },
    choices: [
      { index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

/** A greeting and the purpose, where the input is ours. */
function written(input: string): string {
  const { contact, purpose }: { contact?: unknown; purpose?: unknown } = Object(JSON.parse(input));
  return `Hi ${String(Object(contact).firstName)}, ${String(purpose)}`;
}
