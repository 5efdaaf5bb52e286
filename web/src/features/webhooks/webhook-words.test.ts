import { describe, expect, it } from '@jest/globals';
import { isDueSoon, outcomeText, prettyJson, untilText } from './webhook-words.ts';

const now = Date.parse('2026-03-02T08:00:00.000Z');
const at = (ms: number) => new Date(now + ms).toISOString();
const attempt = { at: at(-1000), status: 503, latencyMs: 12, response: '', error: null };
const delivery = {
  ...{ id: 'd', subscriptionId: 's', kind: 'event' as const, types: ['deal.won'] },
  ...{ eventId: 'e', recordType: 'deal', recordId: 'r', status: 'pending' as const },
  ...{ createdAt: at(-2000), nextAttemptAt: at(290_000), deliveredAt: null, attempts: [attempt] },
};

describe('the words of deliveries', () => {
  it('say when the next try is', () => {
    expect(untilText(at(-1), now, 'en')).toBe('now');
    expect(untilText(at(30_000), now, 'en')).toBe('in less than a minute');
    expect(untilText(at(290_000), now, 'en')).toBe('in 5 minutes');
    expect(untilText(at(7_300_000), now, 'en')).toBe('in 2 hours');
    expect(untilText(at(50 * 3_600_000), now, 'en')).toBe('in 2 days');
  });

  it('say what has become of one', () => {
    expect(outcomeText(delivery, now)).toBe('Next try in 5 minutes');
    expect(outcomeText({ ...delivery, attempts: [], nextAttemptAt: at(0) }, now)).toBe(
      'Being sent now',
    );
    const over = { ...delivery, status: 'failed' as const, nextAttemptAt: null };
    expect(outcomeText(over, now)).toBe('1 attempt');
  });

  it('tell what to watch from what waits for hours', () => {
    expect(isDueSoon(delivery, now)).toBe(false);
    expect(isDueSoon({ ...delivery, nextAttemptAt: at(20_000) }, now)).toBe(true);
    expect(isDueSoon({ ...delivery, status: 'delivered', nextAttemptAt: null }, now)).toBe(false);
  });

  it('break JSON into lines and leave other text alone', () => {
    expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(prettyJson('<html>')).toBe('<html>');
  });
});
