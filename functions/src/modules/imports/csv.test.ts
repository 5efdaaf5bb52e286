import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../platform/errors.ts';
import { decodeCsv, parseCsv } from './csv.ts';

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['a byte order mark', '\uFEFFa,b\n1,2\n'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['no newline at the end', 'a,b\n1,2'],
    ['quotes', '"a","b"\n"1","2"\n'],
    ['blank lines at the end', 'a,b\n1,2\n\n,\n'],
  ])('is read with %s', (_what, text) => {
    expect(parseCsv(text)).toEqual({ columns: ['a', 'b'], rows: [['1', '2']] });
  });

  it('keeps delimiters, quotes and newlines inside quotes', () => {
    const { rows } = parseCsv('name;note\n"Smith; ""Jo""";"one\ntwo, three"\n');
    expect(rows).toEqual([['Smith; "Jo"', 'one\ntwo, three']]);
  });

  it('takes the delimiter of the header line, not that of quoted names', () => {
    expect(parseCsv('"a,b,c,d";e\n1;2').columns).toEqual(['a,b,c,d', 'e']);
  });

  it('keeps formulas and lone quotes as text', () => {
    const { rows } = parseCsv('a,b\n=1+1,@SUM(A1)\n5" pipe,it"s\n');
    expect(rows).toEqual([
      ['=1+1', '@SUM(A1)'],
      ['5" pipe', 'it"s'],
    ]);
  });

  it('keeps rows of other lengths and blank rows in between, for the import to judge', () => {
    expect(parseCsv('a,b\n1\n\n1,2,3\n').rows).toEqual([['1'], [''], ['1', '2', '3']]);
  });

  it('gives every column a name of its own', () => {
    const { columns } = parseCsv('name, name ,,__proto__,constructor,name (2)\n1,2,3,4,5,6');
    expect(columns).toEqual([
      ...['name', 'name (2)', 'Column 3', '__proto__', 'constructor', 'name (2) (2)'],
    ]);
  });

  it.each([
    ['nothing', ''],
    ['a header alone', 'a,b\n'],
    ['a blank header', ',,\n1,2,3'],
    ['a NUL byte', 'a,b\n1,\0\n'],
    ['a quote that is never closed', 'a,b\n"1,2\n3,4\n'],
    ['ten thousand columns', `${Array.from({ length: 10_000 }, (_, n) => `c${n}`).join(',')}\n1`],
    ['a row that is too long', `a,b\n${'x'.repeat(200_000)},1\n`],
    ['a column name that is too long', `${'x'.repeat(400)},b\n1,2\n`],
    ['a lone surrogate', 'a,b\n\ud800,1'],
  ])('with %s is refused by name', (_what, text) => {
    let refusal: unknown;
    try {
      parseCsv(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'invalid-argument', field: 'file' });
  });

  it('must be UTF-8', () => {
    expect(decodeCsv(new TextEncoder().encode('Zoë'))).toBe('Zoë');
    const latin1 = Uint8Array.from(Buffer.from('Zo\u00eb', 'latin1'));
    expect(() => decodeCsv(latin1)).toThrow('not UTF-8');
  });
});
