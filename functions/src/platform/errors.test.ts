import { describe, expect, it } from '@jest/globals';
import { AppError, type ErrorCode, notFound, toAppError } from './errors.ts';

const categories: Readonly<Record<ErrorCode, readonly [number, string]>> = {
  malformed: [400, 'invalid-argument'],
  unauthenticated: [401, 'unauthenticated'],
  'payment-required': [402, 'failed-precondition'],
  'permission-denied': [403, 'permission-denied'],
  'not-found': [404, 'not-found'],
  'already-exists': [409, 'already-exists'],
  conflict: [409, 'aborted'],
  'payload-too-large': [413, 'invalid-argument'],
  'unsupported-media-type': [415, 'invalid-argument'],
  'invalid-argument': [422, 'invalid-argument'],
  'failed-precondition': [422, 'failed-precondition'],
  'resource-exhausted': [429, 'resource-exhausted'],
  internal: [500, 'internal'],
  unavailable: [503, 'unavailable'],
  'deadline-exceeded': [504, 'deadline-exceeded'],
};

function codes(): ErrorCode[] {
  const isCode = (code: string): code is ErrorCode => code in categories;
  return Object.keys(categories).filter(isCode);
}

describe('AppError', () => {
  it.each(codes())('%s has its HTTP status and callable code', (code) => {
    const error = new AppError(code, 'why');
    expect([error.status, error.callableCode]).toEqual(categories[code]);
  });

  it('keeps message, field and cause', () => {
    const cause = new Error('deep down');
    const error = new AppError('conflict', 'what to do', { field: 'title', cause });
    expect(error).toMatchObject({ message: 'what to do', field: 'title', cause });
    expect(new AppError('conflict', 'what to do').field).toBeUndefined();
  });
});

describe('toAppError', () => {
  it('leaves an AppError alone', () => {
    const error = notFound('Deal', 'd1');
    expect(toAppError(error)).toBe(error);
  });

  it.each([new Error('secret: hunter2'), 'secret: hunter2', undefined, null])(
    'hides the text of %p and keeps it as the cause',
    (thrown) => {
      const error = toAppError(thrown);
      expect(error.code).toBe('internal');
      expect(error.message).not.toContain('hunter2');
      expect(error.cause).toBe(thrown);
    },
  );
});

describe('notFound', () => {
  it.each([
    ['deal', 'Deal', 'Deal'],
    ['apiKey', 'API key', 'Api key'],
    ['fieldSet', 'Field set', 'Field set'],
  ])('says the same of a hidden %s as of an absent one', (recordType, label, words) => {
    const message = `${words} with ID 'x' does not exist or is not visible to you`;
    expect(notFound(recordType, 'x')).toMatchObject({ code: 'not-found', message });
    expect(notFound(label, 'x')).toMatchObject({ code: 'not-found', message });
  });
});
