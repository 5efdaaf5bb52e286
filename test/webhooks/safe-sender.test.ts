import { createServer, type Server } from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { createWebhookSender } from '../../functions/src/integrations/webhook/webhook.client.ts';
import type { WebhookRequest } from '../../functions/src/integrations/webhook/webhook.port.ts';
import { hostileTargets } from './hostile-targets.ts';

const PUBLIC = '93.184.216.34';

/** Every attempt of this process to connect to anything, by whatever means. */
let attempts: unknown[] = [];
let answer: (response: import('node:http').ServerResponse) => void = () => undefined;
let requests = 0;
let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = address !== null && typeof address === 'object' ? address.port : 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  attempts = [];
  requests = 0;
  const connect = net.Socket.prototype.connect;
  jest.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (
    this: net.Socket,
    ...args: unknown[]
  ) {
    attempts.push(args);
    return Reflect.apply(connect, this, args);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const requestTo = (url: string): WebhookRequest => ({
  ...{ url, id: 'message', at: new Date(), body: '{}', secrets: [], headers: {} },
});

describe('a target of the public internet', () => {
  it(`is not one of ${hostileTargets.length} hostile ones: none is connected to`, async () => {
    expect(hostileTargets.length).toBeGreaterThanOrEqual(150);
    const problems: string[] = [];
    for (const { url, answers = [PUBLIC] } of hostileTargets) {
      const sender = createWebhookSender({ policy: 'public', resolve: async () => answers });
      const outcome = await sender.send(requestTo(url));
      if (outcome.kind === 'failed' && outcome.reason === 'refused') continue;
      problems.push(`${url} ${answers}: ${JSON.stringify(outcome)}`);
    }
    expect(problems).toEqual([]);
    expect(attempts).toEqual([]);
  });

  it('is taken when all of its addresses are', async () => {
    const connect = jest.spyOn(tls, 'connect').mockImplementation(() => {
      throw new Error('stopped by the test');
    });
    for (const answers of [[PUBLIC], [PUBLIC, '8.8.8.8'], ['2606:2800:220:1:248:1893:25c8:1946']]) {
      const sender = createWebhookSender({ policy: 'public', resolve: async () => answers });
      const outcome = await sender.send(requestTo('https://hooks.example.com:8443/a?b=c'));
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'connection' });
    }
    expect(connect).toHaveBeenCalledTimes(3);
  });
});

describe('the name of a target', () => {
  it('is asked about once, and the connection goes to the address that was checked', async () => {
    answer = (response) => response.writeHead(204).end();
    const asked: string[] = [];
    const sender = createWebhookSender({
      policy: 'local',
      resolve: async (host) => {
        asked.push(host);
        // Whoever asks again is told of another place.
        return [asked.length === 1 ? '127.0.0.1' : '169.254.169.254'];
      },
    });
    const outcome = await sender.send(requestTo(`http://rebinding.example.test:${port}/`));
    expect(outcome).toMatchObject({ kind: 'answered', status: 204 });
    expect(asked).toEqual(['rebinding.example.test']);
    expect(attempts).toHaveLength(1);
    const again = await sender.send(requestTo(`http://rebinding.example.test:${port}/`));
    expect(again).toMatchObject({ kind: 'failed', reason: 'refused' });
    expect(attempts).toHaveLength(1);
  });

  it('that does not resolve is told apart', async () => {
    const sender = createWebhookSender({
      policy: 'public',
      resolve: () => Promise.reject(new Error('ENOTFOUND')),
    });
    expect(await sender.send(requestTo('https://hooks.example.com/'))).toMatchObject({
      kind: 'failed',
      reason: 'unresolved',
    });
  });
});

describe('on the local platform', () => {
  const local = createWebhookSender({ policy: 'local', timeoutMs: 1_500 });
  const here = () => `http://127.0.0.1:${port}/`;

  it.each(['169.254.169.254', '0.0.0.0', '[::ffff:169.254.169.254]', '224.0.0.1', '[fe80::1]'])(
    '%s is refused all the same',
    async (host) => {
      const outcome = await local.send(requestTo(`http://${host}/`));
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'refused' });
      expect(attempts).toEqual([]);
    },
  );

  it('no redirect is followed', async () => {
    answer = (response) => response.writeHead(307, { location: here() }).end('moved');
    expect(await local.send(requestTo(here()))).toMatchObject({ kind: 'answered', status: 307 });
    expect(requests).toBe(1);
  });

  it('a kilobyte of the answer is read, and no more', async () => {
    answer = (response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('ä'.repeat(5000)), 1);
      response.on('close', () => clearInterval(more));
    };
    const outcome = await local.send(requestTo(here()));
    expect(outcome).toMatchObject({ kind: 'answered', excerpt: 'ä'.repeat(512) });
  });

  it('silence ends, before the answer and within it', async () => {
    answer = () => undefined;
    expect(await local.send(requestTo(here()))).toMatchObject({ reason: 'timeout' });
    answer = (response) => response.writeHead(500, { 'retry-after': '120' }).write('half');
    expect(await local.send(requestTo(here()))).toMatchObject({
      ...{ kind: 'answered', status: 500, excerpt: 'half', retryAfter: '120' },
    });
  });

  it('a connection that breaks is a failure', async () => {
    answer = (response) => response.socket?.destroy();
    expect(await local.send(requestTo(here()))).toMatchObject({ reason: 'connection' });
  });
});
