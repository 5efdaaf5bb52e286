import { describe, expect, it } from '@jest/globals';
import { inputOf, type PlanInput, planFormSchema, toPlan, unmapped } from './plan-form.ts';

const columns = ['Given name', 'Mail', 'Shoe size'];
const source = {
  ...{ id: 'i', recordType: 'contact' as const, fileName: 'a.csv', rows: 2, columns },
  mapping: [
    { column: 'Given name', field: 'firstName' },
    { column: 'Mail', field: 'email' },
  ],
  ...{ jobId: null, undoJobId: null, createdAt: '2026-01-01T00:00:00.000Z', sampleRows: [] },
};
const guessed = inputOf(source);

function problemsOf(change: Partial<PlanInput>): Record<string, string> {
  const parsed = planFormSchema(columns).safeParse({ ...guessed, ...change });
  const issues = parsed.error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]));
}

describe('the plan of an import', () => {
  it('begins with the guess and names what it leaves out', () => {
    expect(guessed.fields).toEqual(['firstName', 'email', '']);
    expect(unmapped(columns, guessed.fields)).toEqual(['Shoe size']);
    expect(problemsOf({})).toEqual({});
  });

  it('lets one column fill a field, and wants at least one', () => {
    expect(problemsOf({ fields: ['email', 'email', ''] })).toEqual({
      'fields.1': '“Given name” fills this already. Choose one of the two.',
    });
    expect(problemsOf({ fields: ['', '', ''] })).toEqual({
      'fields.0': 'Choose what at least one column is.',
    });
  });

  it('is checked as the server would, and told of at its field', () => {
    const problems = problemsOf({
      currency: 'Dollars',
      tagAll: 'x'.repeat(400),
      replace: [{ field: '', from: 'a', to: 'b' }],
    });
    expect(Object.keys(problems)).toEqual(['tagAll', 'currency', 'replace.0.field']);
  });

  it('becomes what the server is told', () => {
    const input = {
      ...guessed,
      ...{
        onDuplicate: 'update' as const,
        ownerId: 'u1',
        currency: 'eur ',
        tagAll: ' fair, fair,vip ',
      },
      replace: [
        { field: 'email', from: '', to: '' },
        { field: 'email', from: 'none', to: '' },
      ],
    };
    expect(toPlan(columns, input)).toEqual({
      mapping: source.mapping,
      options: {
        ...{ onDuplicate: 'update', tagAll: ['fair', 'vip'], ownerId: 'u1', currency: 'EUR' },
        externalSource: 'import',
        replace: [{ field: 'email', from: 'none', to: '' }],
      },
    });
  });
});
