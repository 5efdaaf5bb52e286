import { describe, expect, it } from '@jest/globals';
import { monthSpans, periodSpans } from './spans.ts';

describe('monthSpans', () => {
  it('begins with the month that it is where the organisation is', () => {
    const now = new Date('2026-03-01T02:00:00Z');
    expect(monthSpans(now, 'America/New_York', 'en-US')[0]).toEqual({
      id: '2026-02',
      label: 'February 2026',
      query: { from: '2026-02-01', to: '2026-02-28' },
    });
    expect(monthSpans(now, 'Europe/Berlin', 'en-US')[0]?.id).toBe('2026-03');
  });

  it('goes back over the turn of the year, and knows leap years', () => {
    const spans = monthSpans(new Date('2024-03-15T12:00:00Z'), 'UTC', 'de-DE');
    expect(spans).toHaveLength(12);
    expect(spans[1]?.query).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(spans.at(-1)).toMatchObject({ id: '2023-04', label: 'April 2023' });
  });

  it('takes UTC for a zone that the browser does not know', () => {
    expect(monthSpans(new Date('2026-01-01T00:00:00Z'), 'Mars/Base')[0]?.id).toBe('2026-01');
  });
});

describe('periodSpans', () => {
  it('names the last day that belongs to the period', () => {
    const period = {
      id: '2026-11-01',
      timeZone: 'America/New_York',
      startsAt: '2026-11-01T04:00:00.000Z',
      endsAt: '2026-11-16T05:00:00.000Z',
    };
    expect(periodSpans([period], 'en-US')).toEqual([
      {
        id: '2026-11-01',
        label: 'Nov 1, 2026 – Nov 15, 2026',
        query: { periodId: '2026-11-01' },
      },
    ]);
  });
});
