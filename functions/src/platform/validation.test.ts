import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { lineSchema } from './text.schema.ts';
import { parseInput } from './validation.ts';

const schema = z.strictObject({
  title: lineSchema(10),
  count: z.int().min(1).optional(),
  colour: z.enum(['red', 'green']).optional(),
  day: z.union([z.iso.date(), z.iso.datetime()]).optional(),
  amount: z
    .union([
      z.strictObject({ minor: z.int().min(0) }),
      z.strictObject({ major: z.number().min(0) }),
    ])
    .optional(),
  stage: z.union([z.enum(['LEAD', 'WON']), z.string().regex(/^[a-z]+$/)]).optional(),
  people: z.array(z.strictObject({ uid: z.string().min(1) })).optional(),
});

function refusalOf(input: unknown, asked: z.ZodType = schema): AppError {
  try {
    parseInput(asked, input);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(input)} was accepted`);
}

describe('parseInput', () => {
  it('answers what the schema makes of the input', () => {
    expect(parseInput(schema, { title: ' Deal ' })).toEqual({ title: 'Deal' });
  });

  it.each<[string, unknown, string | undefined]>([
    ['no body', undefined, undefined],
    ['null', null, undefined],
    ['a list', [], undefined],
    ['a text', 'title', undefined],
    ['a missing field', {}, 'title'],
    ['a field of another type', { title: 7 }, 'title'],
    ['a float for an integer', { title: 'a', count: 1.5 }, 'count'],
    ['a field nobody knows', { title: 'a', admin: true }, 'admin'],
    ['a nested field nobody knows', { title: 'a', people: [{ uid: 'u', x: 1 }] }, 'people.0.x'],
    ['a type that no alternative takes', { title: 'a', day: 7 }, 'day'],
    ['a number for a word or a name', { title: 'a', stage: 5 }, 'stage'],
    ['an object that is like no alternative', { title: 'a', amount: {} }, 'amount'],
  ])('calls %s malformed and names the field', (_what, input, field) => {
    expect(refusalOf(input)).toMatchObject({ code: 'malformed', field });
  });

  it.each<[string, unknown, string]>([
    ['an empty line', { title: ' ' }, 'title'],
    ['a long line', { title: 'x'.repeat(11) }, 'title'],
    ['a number out of range', { title: 'a', count: 0 }, 'count'],
    ['a word that is not in the list', { title: 'a', colour: 'blue' }, 'colour'],
    ['a day that no alternative takes', { title: 'a', day: '2026-02-30' }, 'day'],
    ['a text that is neither word nor name', { title: 'a', stage: '!' }, 'stage'],
    ['a bad value in one alternative', { title: 'a', amount: { minor: -1 } }, 'amount.minor'],
    ['a bad value in a list', { title: 'a', people: [{ uid: '' }] }, 'people.0.uid'],
  ])('calls %s an invalid argument and names the field', (_what, input, field) => {
    const refusal = refusalOf(input);
    expect(refusal).toMatchObject({ code: 'invalid-argument', field });
    expect(refusal.message.startsWith(`${field}: `)).toBe(true);
  });

  it.each<[string, z.ZodType, unknown, string | undefined]>([
    ['a word of a list', z.object({ colour: z.enum(['red', 'green']) }), {}, 'colour'],
    ['a literal', z.object({ done: z.literal(true) }), {}, 'done'],
    ['one in a list', z.array(z.object({ kind: z.enum(['a', 'b']) })), [{}], '0.kind'],
    [
      'what tells alternatives apart',
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a') }),
        z.object({ kind: z.literal('b') }),
      ]),
      {},
      'kind',
    ],
    [
      'one that is undefined',
      z.object({ colour: z.enum(['red']) }),
      { colour: undefined },
      'colour',
    ],
    ['one that all objects have', z.object({ toString: z.enum(['a']) }), {}, 'toString'],
    ['the whole', z.enum(['red', 'green']), undefined, undefined],
  ])('calls %s that is missing malformed', (_what, asked, input, field) => {
    expect(refusalOf(input, asked)).toMatchObject({ code: 'malformed', field });
  });

  it('does not repeat the input', () => {
    expect(refusalOf({ title: 'a', colour: 'hunter2' }).message).not.toContain('hunter2');
  });
});
