import { describe, expect, it } from '@jest/globals';
import { createRouter } from '../../functions/src/app/router.ts';
import { TWILIO_WEBHOOK_PATHS } from '../../functions/src/app/twilio-webhooks.http.ts';
import { STRIPE_WEBHOOK_PATHS } from '../../functions/src/app/webhooks.http.ts';
import { request } from '../support/request.ts';

const PROVIDERS_DOORS: readonly string[] = [...STRIPE_WEBHOOK_PATHS, ...TWILIO_WEBHOOK_PATHS];

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

type Json = Readonly<Record<string, unknown>>;

function isJson(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function objectAt(value: unknown, ...path: readonly string[]): Json {
  let at = value;
  for (const key of path) at = isJson(at) ? at[key] : undefined;
  if (!isJson(at)) throw new Error(`${path.join('.')} is no object`);
  return at;
}

async function document(): Promise<Json> {
  return objectAt((await request('GET /openapi')).body);
}

async function operations() {
  return Object.entries(objectAt(await document(), 'paths')).flatMap(([path, methods]) =>
    Object.entries(objectAt(methods)).map(([method, operation]) => ({
      path,
      method,
      operation: objectAt(operation),
    })),
  );
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isJson(value)) return [];
  const own = typeof value.$ref === 'string' ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

describe('GET /openapi', () => {
  it('needs no token and is OpenAPI 3', async () => {
    const answer = await request('GET /openapi');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      openapi: expect.stringMatching(/^3\./),
      info: { title: expect.any(String), version: expect.any(String) },
    });
  });

  it('lists every route and no other', async () => {
    // `ALL` are middleware; the document does not list itself, nor the doors that only providers know.
    const routes = createRouter()
      .routes.filter(({ method, path }) => method !== 'ALL' && path !== '/openapi')
      .filter(({ path }) => !PROVIDERS_DOORS.includes(path))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:([^/]+)/g, '{$1}')}`);
    const listed = (await operations()).map(
      ({ method, path }) => `${method.toUpperCase()} ${path}`,
    );
    expect(new Set(listed)).toEqual(new Set(routes));
    expect(listed).toEqual(
      expect.arrayContaining([
        'POST /api/signup',
        'GET /api/deals',
        'POST /api/deals',
        'GET /api/deals/{id}',
        'PATCH /api/deals/{id}/stage',
      ]),
    );
  });

  it('gives each operation answers with a description, a success among them', async () => {
    for (const { path, method, operation } of await operations()) {
      expect(METHODS).toContain(method);
      const responses = Object.entries(objectAt(operation, 'responses'));
      expect([path, responses.some(([status]) => /^[23]/.test(status))]).toEqual([path, true]);
      for (const [status, response] of responses) {
        expect(status).toMatch(/^([1-5]\d\d|default)$/);
        expect(objectAt(response).description).toEqual(expect.stringMatching(/./));
      }
    }
  });

  it('declares each parameter of each path', async () => {
    for (const { path, operation } of await operations()) {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      const declared = Array.isArray(operation.parameters) ? operation.parameters : [];
      const names = declared
        .map((parameter: unknown) => objectAt(parameter))
        .filter((parameter) => parameter.in === 'path');
      expect([path, names.map(({ name }) => name).sort()]).toEqual([path, inPath.sort()]);
      expect(names.every(({ required }) => required === true)).toBe(true);
    }
  });

  it('refers to nothing that is not there', async () => {
    const whole = await document();
    const references = referencesIn(whole);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const [start, ...path] = reference.split('/');
      expect(start).toBe('#');
      expect(() => objectAt(whole, ...path)).not.toThrow();
    }
  });

  it('says what a new deal needs', async () => {
    expect(objectAt(await document(), 'components', 'schemas', 'NewDeal')).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['title', 'value']),
      additionalProperties: false,
    });
  });
});
