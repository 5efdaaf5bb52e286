import { describe, expect, it } from '@jest/globals';
import { mapRows, requireMapping } from './map-rows.ts';
import { packRows, unpackRows } from './pack-rows.ts';

const columns = ['id', 'name', 'product'];
const mapping = [
  { column: 'name', field: 'name' },
  { column: 'product', field: 'customFields.product' },
  { column: 'name', field: 'externalId' },
];

describe('rows', () => {
  it('become cells by field; what is blank is absent and counted, what is replaced is counted', () => {
    const rows = [
      ['1', ' Acme ', 'GTXPro'],
      ['2', '', 'GTX Pro'],
      ['', ' ', ''],
    ];
    const replace = [{ field: 'customFields.product', from: 'GTXPro', to: 'GTX Pro' }];
    const mapped = mapRows({ columns, rows }, 7, mapping, { replace });
    expect(mapped.rows.map(({ row, cells }) => [row, Object.fromEntries(cells)])).toEqual([
      [7, { name: 'Acme', 'customFields.product': 'GTX Pro', externalId: 'Acme' }],
      [8, { 'customFields.product': 'GTX Pro' }],
    ]);
    expect(mapped.counts).toEqual({
      'replaced.customFields.product': 1,
      'blank.name': 1,
      'blank.externalId': 1,
      blankRows: 1,
    });
  });

  it('with more cells than the header are problems, with fewer they end in blanks', () => {
    const mapped = mapRows(
      { columns, rows: [['1', 'a', 'b', 'c'], ['2'], ['3', 'a', 'b', '']] },
      1,
      mapping,
      { replace: [] },
    );
    expect(mapped.problems).toEqual([
      { row: 1, field: null, error: expect.stringContaining('4 cells') },
    ]);
    expect(mapped.rows.map(({ row }) => row)).toEqual([2, 3]);
  });
});

describe('a mapping', () => {
  it.each([
    ['a column the file lacks', [{ column: 'nope', field: 'name' }], 'mapping.0.column'],
    ['a field the record lacks', [{ column: 'name', field: 'salary' }], 'mapping.0.field'],
    ['an inherited name', [{ column: 'name', field: '__proto__' }], 'mapping.0.field'],
    [
      'a custom field without a key',
      [{ column: 'name', field: 'customFields.' }],
      'mapping.0.field',
    ],
    [
      'a field twice',
      [
        { column: 'name', field: 'name' },
        { column: 'id', field: 'name' },
      ],
      'mapping.1.field',
    ],
  ])('with %s is refused by name', (_what, wrong, field) => {
    expect(() => requireMapping('company', columns, wrong)).toThrow(
      expect.objectContaining({ field }),
    );
  });
});

it('packs rows into parts of bounded size and number, and loses none', () => {
  const rows = Array.from({ length: 2500 }, (_, n) => [
    String(n),
    'ü'.repeat(n % 2 === 0 ? 10 : 3000),
  ]);
  const parts = packRows(rows);
  expect(parts.every((part) => Buffer.byteLength(part.rows) <= 900_002)).toBe(true);
  expect(parts.map(unpackRows).every((part) => part.length <= 1000)).toBe(true);
  expect(parts.flatMap(unpackRows)).toEqual(rows);
  let next = 1;
  for (const part of parts) {
    expect(part.firstRow).toBe(next);
    next += unpackRows(part).length;
  }
});
