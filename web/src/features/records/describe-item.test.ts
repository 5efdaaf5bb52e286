import { describe, expect, it } from '@jest/globals';
import type { TimelineItem } from '@splitline/functions/contracts';
import { describeItem } from './describe-item.ts';

const names: Readonly<Record<string, string>> = { u1: 'Ada', u2: 'Bea' };
const words = { noun: 'contact', personOf: (uid: string) => names[uid] ?? 'Somebody' };
const at = '2026-01-01T00:00:00.000Z';

function event(types: string[], before: object, after: object): TimelineItem {
  return {
    ...{ kind: 'event', at },
    event: {
      ...{ id: 'e', recordType: 'contact', recordId: 'c', version: 2, types, actor: 'u1' },
      ...{ before: { ...before }, after: { ...after } },
    },
  };
}

describe('describeItem', () => {
  it.each([
    ['contact.created', {}, { firstName: 'X' }, 'Ada created the contact.'],
    ['contact.deleted', { deletedAt: null }, { deletedAt: at }, 'Ada deleted the contact.'],
    ['contact.tag_added', { tags: ['a'] }, { tags: ['a', 'b'] }, 'Ada added the tag “b”.'],
    [
      ...(['contact.tag_removed', { tags: ['a', 'b'] }, { tags: [] }] as const),
      'Ada removed the tags “a”, “b”.',
    ],
    [
      ...(['contact.reassigned', { ownerId: 'u1' }, { ownerId: 'u2' }] as const),
      'Ada handed it from Ada to Bea.',
    ],
    [
      ...(['contact.updated', { email: null, title: 'CTO' }] as const),
      ...([{ email: 'a@example.com', title: 'CEO' }] as const),
      'Ada changed the email from nothing to “a@example.com” and changed the title from “CTO” to “CEO”.',
    ],
    [
      ...(['contact.updated', { otherEmails: [] }, { otherEmails: ['a@example.com'] }] as const),
      'Ada changed the other emails.',
    ],
    [
      ...(['lead.status_changed', { status: 'NEW' }, { status: 'QUALIFIED' }] as const),
      'Ada changed the status from New to Qualified.',
    ],
    ['contact.demo_requested', {}, {}, 'Ada: contact.demo requested.'],
    ['contact.updated', {}, {}, 'Ada changed the contact.'],
  ])('tells %s', (type, before, after, sentence) => {
    expect(describeItem(event([type], before, after), words)).toBe(sentence);
  });

  it('tells what was written and done', () => {
    const about = {
      ...{ id: 'n', recordType: 'contact' as const, recordId: 'c', version: 1 },
      ...{ createdAt: at, updatedAt: at },
    };
    const note = { ...about, text: 'x'.repeat(200), pinned: false, mentions: [], authorId: 'u2' };
    expect(describeItem({ kind: 'note', at, note }, words)).toBe(`Bea noted “${'x'.repeat(119)}…”`);
    const activity = {
      ...{ ...about, type: 'call' as const, subject: 'Prices', body: null },
      ...{ occurredAt: at, durationMinutes: null, ownerId: 'gone' },
    };
    expect(describeItem({ kind: 'activity', at, activity }, words)).toBe(
      'Somebody logged a call: Prices.',
    );
  });
});
