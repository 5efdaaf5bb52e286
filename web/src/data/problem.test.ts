import { describe, expect, it } from '@jest/globals';
import { problemAt, toProblem } from './problem.ts';

function sdkError(code: string, message: string, details?: object): Error {
  return Object.assign(new Error(message), { code, ...(details === undefined ? {} : { details }) });
}

describe('toProblem', () => {
  it('keeps the words of our own commands, and the field', () => {
    const error = sdkError('functions/invalid-argument', 'value: 1.234 has too many decimals', {
      code: 'invalid-argument',
      field: 'value',
      requestId: 'r1',
    });
    expect(toProblem(error)).toEqual({ message: '1.234 has too many decimals', field: 'value' });
  });

  it('keeps a refusal without a field whole', () => {
    const error = sdkError('functions/permission-denied', 'Ask its owner', { field: null });
    expect(toProblem(error)).toEqual({ message: 'Ask its owner' });
  });

  it.each([
    ['auth/invalid-credential', /password is wrong/],
    ['functions/internal', /could not be reached/],
    ['permission-denied', /role does not allow/],
    ['some/new-code', /Something went wrong/],
  ])('has words for %s', (code, words) => {
    expect(toProblem(sdkError(code, 'INTERNAL')).message).toMatch(words);
  });

  it('takes a failed fetch for a lost connection', () => {
    expect(toProblem(new TypeError('Failed to fetch')).message).toMatch(/could not be reached/);
  });

  it('survives what is no error', () => {
    expect(toProblem('oops').message).toMatch(/Something went wrong/);
  });
});

describe('problemAt', () => {
  it('does not say the field twice', () => {
    expect(problemAt('email: must be an address', 'email')).toEqual({
      message: 'Must be an address',
      field: 'email',
    });
  });

  it('leaves a message that does not begin with the field', () => {
    expect(problemAt('Email already exists', 'email').message).toBe('Email already exists');
  });
});
