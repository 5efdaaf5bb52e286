import { expect, it } from '@jest/globals';
import { describedTypes, fieldsOf } from './record-fields.ts';

it('the fields of a deal are those that say something, by what they hold', () => {
  const types = Object.fromEntries([...fieldsOf('deal')].map(([name, { type }]) => [name, type]));
  expect(types).toEqual({
    ...{ title: 'text', description: 'text', lostReason: 'text' },
    ...{ valueMinor: 'money', paidMinor: 'money', refundedMinor: 'money', currency: 'text' },
    ...{ stageId: 'stage', stageKey: 'choice', stageKind: 'choice', probability: 'number' },
    ...{ ownerId: 'user', teamId: 'team', companyId: 'id', contactIds: 'list', tags: 'list' },
    ...{
      expectedCloseDate: 'day',
      closedAt: 'instant',
      createdAt: 'instant',
      updatedAt: 'instant',
    },
  });
});

it('every kind of record has some', () => {
  for (const type of describedTypes) expect([type, fieldsOf(type).size > 3]).toEqual([type, true]);
});

it('those the organisation defined are among them until they are archived', () => {
  const field = { key: 'region', label: 'Region', type: 'picklist' as const, options: ['North'] };
  const own = { ...field, required: false, archived: false };
  expect(fieldsOf('deal', [own]).get('customFields.region')).toEqual({
    ...{ type: 'choice', label: 'Region', options: ['North'] },
  });
  expect(fieldsOf('deal', [{ ...own, archived: true }]).has('customFields.region')).toBe(false);
});
