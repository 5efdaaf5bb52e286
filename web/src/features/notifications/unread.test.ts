import { describe, expect, it } from '@jest/globals';
import { isUnread, type ReadState } from './unread.ts';

const one = { id: 'a', at: '2026-03-01T09:00:00.000Z', readAt: null };
const nothing: ReadState = { unread: undefined, marked: new Set(), markedUntil: '' };

describe('isUnread', () => {
  it('believes the list while nothing newer is known', () => {
    expect(isUnread(one, nothing)).toBe(true);
    expect(isUnread({ ...one, readAt: one.at }, nothing)).toBe(false);
  });

  it('follows what is read elsewhere', () => {
    expect(isUnread(one, { ...nothing, unread: new Set(['a']) })).toBe(true);
    expect(isUnread(one, { ...nothing, unread: new Set(['b']) })).toBe(false);
  });

  it('does not wait for the server with what is marked here', () => {
    const live = { ...nothing, unread: new Set(['a']) };
    expect(isUnread(one, { ...live, marked: new Set(['a']) })).toBe(false);
    expect(isUnread(one, { ...live, markedUntil: one.at })).toBe(false);
    expect(isUnread(one, { ...live, markedUntil: '2026-02-28T09:00:00.000Z' })).toBe(true);
  });
});
