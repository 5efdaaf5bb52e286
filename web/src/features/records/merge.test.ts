import { describe, expect, it } from '@jest/globals';
import { choicesOf, rowsOf } from './merge.ts';

const fields = [
  { key: 'email', label: 'E-mail' },
  { key: 'phone', label: 'Phone' },
  { key: 'title', label: 'Title' },
];

describe('a merge', () => {
  const rows = rowsOf(
    fields,
    { email: 'a@example.com', phone: null, title: 'CTO' },
    { email: 'b@example.com', phone: '+4930123', title: 'CTO' },
  );

  it('asks about the fields in which the two differ, and keeps a value where one has none', () => {
    expect(rows.map(({ key, usual }) => [key, usual])).toEqual([
      ['email', 'this'],
      ['phone', 'other'],
    ]);
  });

  it('sends what was chosen, and what is usual where nothing was', () => {
    expect(choicesOf(rows, (key) => (key === 'email' ? 'other' : ''))).toEqual({
      email: 'other',
      phone: 'other',
    });
  });
});
