import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';
import { z } from 'zod';

/** A message as the endpoint got it. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the endpoint does with a message; nothing is a plain 204. */
export type Answer = (response: ServerResponse, message: Received) => void;

/** An endpoint of somebody else's on this machine, under a name that only the test resolves. */
export interface Receiver {
  readonly url: () => string;
  readonly received: Received[];
  answer: Answer;
}

const RECEIVER_HOST = 'receiver.example.test';

/** Where the name of the receiver leads; every other name leads nowhere. */
export async function resolveReceiver(host: string): Promise<string[]> {
  if (host !== RECEIVER_HOST) throw new Error(`no such name: ${host}`);
  return ['127.0.0.1'];
}

export const takeIt: Answer = (response) => response.writeHead(204).end();

/** Gives a test file an endpoint of its own, and lets the product take such targets. */
export function useReceiver(): Receiver {
  let port = 0;
  const receiver: Receiver = {
    url: () => `http://${RECEIVER_HOST}:${port}/hooks`,
    received: [],
    answer: takeIt,
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const message = { headers: request.headers, body };
    receiver.received.push(message);
    receiver.answer(response, message);
  });
  beforeAll(async () => {
    process.env.WEBHOOK_TARGETS = 'local';
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = address !== null && typeof address === 'object' ? address.port : 0;
  });
  afterAll(async () => {
    delete process.env.WEBHOOK_TARGETS;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return receiver;
}

const payloadSchema = z.object({
  id: z.string(),
  type: z.string(),
  types: z.array(z.string()),
  timestamp: z.string(),
  data: z.object({
    record: z.object({ type: z.string(), id: z.string() }),
    version: z.int(),
    actor: z.string(),
    before: z.record(z.string(), z.unknown()),
    after: z.record(z.string(), z.unknown()),
  }),
});

/** What a message about an event says. */
export function payloadIn({ body }: Received) {
  return payloadSchema.parse(JSON.parse(body));
}
