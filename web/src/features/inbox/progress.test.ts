import { describe, expect, it } from '@jest/globals';
import type { MessageView } from '../../data/messages.ts';
import { isUnderWay, wordsOfProgress } from './progress.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const zone = { timeZone: 'Europe/Berlin', now, locale: 'en-GB' };
const message: MessageView = {
  ...{ id: 'm', conversationId: 'c_sms', contactId: 'c', content: 'Hi', subject: null },
  ...{ direction: 'OUTBOUND', channel: 'SMS', status: 'SENT', reason: null, media: [] },
  ...{ from: null, to: null, authorId: 'u', createdAt: '2026-03-01T11:59:00.000Z' },
  ...{ sentAt: null, deliveredAt: null, queuedUntil: null },
};

describe('wordsOfProgress', () => {
  it.each([
    ['QUEUED', null, '2026-03-01T12:02:00.000Z', 'Sending…'],
    ['QUEUED', null, '2026-03-02T07:00:00.000Z', 'Scheduled for 2 Mar 2026, 08:00'],
    [
      ...(['QUEUED', 'Twilio is busy', '2026-03-01T12:04:00.000Z'] as const),
      'Not sent yet: Twilio is busy. Next try: 1 Mar 2026, 13:04',
    ],
    ['SENT', null, null, 'Sent'],
    ['DELIVERED', null, null, 'Delivered'],
    ['UNDELIVERED', 'The phone is off', null, 'Not delivered: The phone is off'],
    ['FAILED', 'Refused', null, 'Refused'],
  ] as const)('of %s, %s, %s: %s', (status, reason, queuedUntil, text) => {
    expect(wordsOfProgress({ status, reason, queuedUntil }, zone)?.text).toBe(text);
  });

  it('has none for what came in', () => {
    expect(wordsOfProgress({ status: undefined, reason: null, queuedUntil: null }, zone)).toBe(
      undefined,
    );
  });
});

describe('isUnderWay', () => {
  it.each([
    ['a text that was sent', message, true],
    ['one that was delivered', { ...message, status: 'DELIVERED' }, false],
    ['one of days ago', { ...message, createdAt: '2026-02-01T00:00:00.000Z' }, false],
    ['a mail that was sent', { ...message, channel: 'EMAIL' }, false],
    ['a mail that waits', { ...message, channel: 'EMAIL', status: 'QUEUED' }, true],
    ['one that came in', { ...message, direction: 'INBOUND', status: undefined }, false],
  ] as const)('for %s: %s', (_what, one, expected) => {
    expect(isUnderWay(one, now)).toBe(expected);
  });
});
