import { describe, expect, it } from '@jest/globals';
import { parseRuntimeConfig } from './runtime-config.ts';

describe('parseRuntimeConfig', () => {
  it('reads a deployed project, leaving out empty settings', () => {
    expect(parseRuntimeConfig({ projectId: 'p', apiKey: 'k', databaseURL: '' })).toEqual({
      firebase: { projectId: 'p', apiKey: 'k' },
      emulators: undefined,
    });
  });

  it('reads the addresses of a local platform, which needs no key', () => {
    const emulators = {
      auth: { host: '127.0.0.1', port: 9099 },
      firestore: { host: '127.0.0.1', port: 8080 },
      functions: { host: '127.0.0.1', port: 5001 },
    };
    expect(parseRuntimeConfig({ projectId: 'demo', emulators })).toEqual({
      firebase: { projectId: 'demo', apiKey: 'local' },
      emulators,
    });
  });

  it('names the emulator whose address is missing', () => {
    const emulators = { auth: { host: '127.0.0.1', port: 9099 } };
    expect(() => parseRuntimeConfig({ projectId: 'demo', emulators })).toThrow(/firestore/);
  });

  it.each([[{}], [null], ['<!doctype html>']])('refuses %j', (body) => {
    expect(() => parseRuntimeConfig(body)).toThrow(/projectId/);
  });
});
