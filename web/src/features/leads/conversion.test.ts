import { describe, expect, it } from '@jest/globals';
import { toConversion, toFormProblem } from './conversion.ts';

const inputs: Readonly<Record<string, string>> = {
  'contactData-firstName': ' Bea ',
  'contactData-email': 'bea@example.com',
  'companyData-name': 'Bakery',
  'deal-title': 'Ovens',
  'deal-value': '1200.5',
};
const read = (name: string) => inputs[name] ?? '';

describe('toConversion', () => {
  it('sends what was filled in', () => {
    expect(toConversion(read, 'new', undefined, true)).toEqual({
      contactData: { firstName: 'Bea', email: 'bea@example.com' },
      companyData: { name: 'Bakery' },
      deal: { title: 'Ovens', value: 1200.5 },
    });
  });

  it('names a company on record, and makes no deal that nobody wanted', () => {
    expect(toConversion(read, 'known', 'c1', false)).toEqual({
      contactData: { firstName: 'Bea', email: 'bea@example.com' },
      companyId: 'c1',
    });
  });
});

describe('toFormProblem', () => {
  it('leads to the input at fault', () => {
    const problem = { message: 'Too long', field: 'deal.title' };
    expect(toFormProblem(problem)).toEqual({ message: 'Too long', field: 'deal-title' });
    expect(toFormProblem({ message: 'Later' })).toEqual({ message: 'Later' });
  });
});
