import { describe, expect, it } from '@jest/globals';
import {
  fieldLabel,
  outcomesOf,
  plainError,
  problemsCsv,
  remarksOf,
  unknownValues,
} from './import-words.ts';

describe('the words of imports', () => {
  it('call fields as people do', () => {
    expect(fieldLabel('contact', 'title')).toBe('Job title');
    expect(fieldLabel('deal', 'title')).toBe('Title');
    expect(fieldLabel('deal', 'expectedCloseDate')).toBe('Expected close date');
    expect(fieldLabel('deal', 'customFields.nickname')).toBe('Nickname');
  });

  it('count what became of the rows', () => {
    const texts = outcomesOf({ created: 2, skipped: 1 }, 3, 'would').map(
      ({ label, count, isBad }) => `${label} ${count} ${isBad}`,
    );
    expect(texts).toEqual([
      'To be created 2 false',
      'There already, left alone 1 false',
      'Rows with a problem 3 true',
    ]);
    expect(outcomesOf({ removed: 2, left: 1 }, 1, 'did').map(({ label }) => label)).toEqual([
      'Put into the bin',
      'Changed since, left alone',
    ]);
  });

  it('remark on what was empty or replaced', () => {
    const remarks = remarksOf(
      { created: 1, blankRows: 2, 'blank.email': 3, 'replaced.stage': 4 },
      (field) => field,
    );
    expect(remarks).toEqual([
      '2 empty rows are passed over',
      'email is empty in 3 rows',
      'stage is replaced in 4 rows',
    ]);
  });

  it('find the values that referred to nothing, each once', () => {
    const problem = (field: string, error: string) => ({ row: 1, field, error });
    expect(
      unknownValues([
        problem('stage', "stage: there is no stage 'Maybe'"),
        problem('stage', "stage: there is no stage 'Maybe'"),
        problem('ownerName', "ownerName: there is no active user 'O'Neil'"),
        problem('email', 'email: must be an e-mail address'),
      ]),
    ).toEqual([
      { field: 'stage', from: 'Maybe' },
      { field: 'ownerName', from: "O'Neil" },
    ]);
  });

  it('write problems as a file without formulas', () => {
    const problem = { row: 2, field: 'email', error: 'email: "=1+1" is none' };
    expect(problemsCsv([problem, { row: 3, field: null, error: '=cmd' }])).toBe(
      '"row","field","problem"\r\n"2","email","email: ""=1+1"" is none"\r\n"3","","\'=cmd"',
    );
    expect(plainError(problem)).toBe('"=1+1" is none');
  });
});
