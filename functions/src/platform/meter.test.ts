import { describe, expect, it } from '@jest/globals';
import { Meter } from './meter.ts';

describe('Meter', () => {
  it('counts calls under way at the same time as one round trip', async () => {
    const meter = new Meter();
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const both = Promise.all([meter.trip(() => first.promise), meter.trip(() => second.promise)]);
    first.resolve();
    second.resolve();
    await both;
    expect(meter.roundTrips).toBe(1);
  });

  it('counts calls one after the other as many', async () => {
    const meter = new Meter();
    await meter.trip(async () => undefined);
    await meter.trip(async () => undefined);
    expect(meter.roundTrips).toBe(2);
  });

  it('counts on after a failed call', async () => {
    const meter = new Meter();
    const fail = () => meter.trip(() => Promise.reject(new Error('offline')));
    await expect(fail()).rejects.toThrow('offline');
    await expect(fail()).rejects.toThrow('offline');
    expect(meter.roundTrips).toBe(2);
  });

  it('hands on what the call answers', async () => {
    expect(await new Meter().trip(async () => 'answer')).toBe('answer');
  });
});
