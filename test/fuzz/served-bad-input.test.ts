import { execFile } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ServedFunction, serveFunction } from '../benchmark/served-function.ts';
import { createOrganisation } from '../support/organisation.ts';

const FUNCTIONS = path.resolve(import.meta.dirname, '../../functions');

let served: ServedFunction;
let token: string;
beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['build.ts'], { cwd: FUNCTIONS });
  [served, token] = await Promise.all([
    freePort().then((port) => serveFunction(FUNCTIONS, 'api', port)),
    createOrganisation().then((org) => org.rep.token()),
  ]);
}, 60_000);
afterAll(async () => served?.stop());

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
}

/** Sends a request to the function as Cloud Functions serves it: behind Google's own framework. */
async function send({ method = 'POST', path: at = '/api/deals', headers, body }: Sent) {
  const answer = await fetch(`${served.url}${at}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  });
  return {
    status: answer.status,
    type: answer.headers.get('Content-Type'),
    text: await answer.text(),
  };
}

/** A body whose length is not known when it is begun. */
function inChunks(text: string): ReadableStream {
  return new Blob([text]).stream();
}

const valid = JSON.stringify({ title: 'Website Redesign', value: 15_000 });
const sentAs = (type: string): Sent => ({ body: valid, headers: { 'Content-Type': type } });

describe('the framework before the router', () => {
  it('hands a good request on', async () => {
    expect(await send({ body: valid })).toMatchObject({ status: 201 });
  });

  it('hands on what is sent in chunks, without a length', async () => {
    expect(await send({ body: inChunks(valid) })).toMatchObject({ status: 201 });
    const absent = { method: 'DELETE', path: '/api/deals/absent', body: inChunks('') };
    expect(await send(absent)).toMatchObject({ status: 404 });
    const large = `{"title":"${'x'.repeat(1024 * 1024)}"}`;
    expect(await send({ body: inChunks(large) })).toMatchObject({ status: 413 });
  });

  it.each<[string, number, Sent]>([
    ['JSON that is none', 400, { body: '{"title":' }],
    ['JSON that is no object', 400, { body: '12' }],
    ['no body', 400, { body: '' }],
    ['a body of more than 10 MiB', 413, { body: `{"title":"${'x'.repeat(10 * 1024 * 1024)}"}` }],
    ['JSON in UTF-16', 415, sentAs('application/json; charset=utf-16')],
    ['JSON in a charset that nobody knows', 415, sentAs('application/json; charset=klingon')],
    ['a body that is not UTF-8', 400, { body: Uint8Array.from([0x22, 0xff, 0x22]) }],
    ['a form in place of JSON', 415, sentAs('application/x-www-form-urlencoded')],
    [
      'a compressed body',
      415,
      { body: new Uint8Array(gzipSync(valid)), headers: { 'Content-Encoding': 'gzip' } },
    ],
    ['a body in no encoding', 415, { body: valid, headers: { 'Content-Encoding': 'klingon' } }],
    ['a path that cannot be decoded', 404, { method: 'GET', path: '/api/%zz' }],
    ['an id that cannot be decoded', 422, { method: 'GET', path: '/api/deals/%E0%A4%A' }],
    ['two dots for an id', 404, { method: 'GET', path: '/api/deals/%2e%2e/stage' }],
    ['a null in an id', 422, { method: 'GET', path: '/api/deals/a%00b' }],
  ])('lets the router refuse %s', async (_what, status, request) => {
    const answer = await send(request);
    expect(answer).toMatchObject({ status, type: expect.stringMatching(/^application\/json/) });
    expect(JSON.parse(answer.text)).toMatchObject({
      status,
      error: expect.any(String),
      code: expect.stringMatching(/^[A-Z_]+$/),
      timestamp: expect.any(String),
    });
  });
});
