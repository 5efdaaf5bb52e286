import { describe, expect, it } from '@jest/globals';
import { nameOwnedChanges } from './owned-events.ts';

const now = new Date('2026-01-01T00:00:00Z');
const record = {
  ...{ version: 1, createdAt: now, createdBy: 'u', updatedAt: now, updatedBy: 'u', cause: null },
  ...{ ownerId: 'u', teamId: null, tags: ['a'], customFields: {}, externalIds: [] },
  ...{ searchTokens: [], deletedAt: null },
};

describe('nameOwnedChanges', () => {
  it.each([
    ['a new record', undefined, {}, ['contact.created']],
    ['another field', {}, { customFields: { x: 'y' } }, ['contact.updated']],
    ['deletion', {}, { deletedAt: now }, ['contact.deleted']],
    ['restoration', { deletedAt: now }, {}, ['contact.restored']],
    ['another owner', {}, { ownerId: 'v' }, ['contact.reassigned']],
    ['a tag more', {}, { tags: ['a', 'b'] }, ['contact.tag_added']],
    ['a tag less', {}, { tags: [] }, ['contact.tag_removed']],
    ['another tag', {}, { tags: ['b'] }, ['contact.tag_added', 'contact.tag_removed']],
    ['tags in another order', { tags: ['b', 'a'] }, { tags: ['a', 'b'] }, ['contact.updated']],
  ])('names %s', (_, before, after, names) => {
    const was = before && { ...record, ...before };
    expect(nameOwnedChanges('contact', was, { ...record, ...after })).toEqual(names);
  });

  it('puts what is special first', () => {
    const names = nameOwnedChanges('lead', record, { ...record, tags: [] }, ['converted']);
    expect(names).toEqual(['lead.converted', 'lead.tag_removed']);
  });
});
