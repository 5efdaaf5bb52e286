import { describe, expect, it } from '@jest/globals';
import { emailSchema, idSchema, lineSchema, textSchema } from './text.schema.ts';

describe('lineSchema', () => {
  const line = lineSchema(5);

  it.each([
    ['a', 'a'],
    ['  a b  ', 'a b'],
    ['\u00a0a\ufeff', 'a'],
    ['😀😀😀😀😀', '😀😀😀😀😀'],
    ['مرحبا', 'مرحبا'],
    ['a\u2028b', 'a\u2028b'],
  ])('takes %j as %j', (input, output) => {
    expect(line.parse(input)).toBe(output);
  });

  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['a no-break space', '\u00a0'],
    ['a zero-width no-break space', '\ufeff'],
    ['one character too many', 'abcdef'],
    ['one emoji too many', '😀😀😀😀😀😀'],
    ['a line break', 'a\nb'],
    ['a null', 'a\u0000'],
    ['a C1 control', 'a\u0085b'],
    ['half an emoji', 'a\ud83d'],
    ['a number', 5],
  ])('refuses %s', (_what, input) => {
    expect(line.safeParse(input).success).toBe(false);
  });
});

describe('textSchema', () => {
  it('takes several lines, or none', () => {
    expect(textSchema(5).parse('a\nb')).toBe('a\nb');
    expect(textSchema(5).parse('')).toBe('');
  });

  it.each(['abcdef', 'a\ud83d'])('refuses %j', (input) => {
    expect(textSchema(5).safeParse(input).success).toBe(false);
  });
});

describe('idSchema', () => {
  it.each(['a', 'A-z_09', '_x', 'x'.repeat(128)])('takes %s', (id) => {
    expect(idSchema.parse(id)).toBe(id);
  });

  it.each(['', '.', '..', 'a/b', '__x__', '__x', 'a b', 'ä', 'x'.repeat(129), 'a\n'])(
    'refuses %j',
    (id) => {
      expect(idSchema.safeParse(id).success).toBe(false);
    },
  );
});

describe('emailSchema', () => {
  it('stores one form of an address', () => {
    expect(emailSchema.parse('  Ada@Example.COM ')).toBe('ada@example.com');
  });

  it.each(['', 'ada', 'ada@', '@example.com', 'a b@example.com', `${'a'.repeat(250)}@x.de`])(
    'refuses %j',
    (email) => {
      expect(emailSchema.safeParse(email).success).toBe(false);
    },
  );
});
