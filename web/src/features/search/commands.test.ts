import { describe, expect, it } from '@jest/globals';
import { commandsFor } from './commands.ts';

const labels = (role: 'admin' | 'rep', text: string) =>
  commandsFor(role, text).map(({ label }) => label);

describe('commandsFor', () => {
  it('offers the pages of the role', () => {
    expect(labels('admin', 'go pay')).toEqual(['Go to Payouts']);
    expect(labels('rep', 'go pay')).toEqual([]);
  });

  it('finds by the beginnings of words, in any order and case', () => {
    expect(labels('rep', 'LEAD add')).toEqual(['Add lead']);
    expect(labels('rep', 'lead')).toEqual(['Go to Leads', 'Add lead']);
    expect(labels('rep', 'ead')).toEqual([]);
  });

  it('offers everything when nothing is typed', () => {
    expect(labels('rep', ' ')).toContain('Go to Pipeline');
    expect(labels('rep', ' ')).toContain('Add company');
  });
});
