import { formatTable } from '../support/table.ts';
import { authentication, type Operation, operations } from './operations.ts';
import type { Cost } from './wire.ts';
import { createWorld, type Measurement, measure } from './world.ts';

/**
 * What Firestore bills in us-central1, where the functions run, in US dollars beyond the free
 * quota: https://cloud.google.com/firestore/pricing. A deletion costs less than a write; it is
 * counted as one.
 */
const PRICES = {
  region: 'us-central1',
  perRead: 0.03 / 100_000,
  perWrite: 0.09 / 100_000,
} as const;

/** One operation with what it was seen to cost, without its request's authentication. */
export interface Measured {
  readonly operation: Operation;
  readonly meter: Cost;
  readonly wire: Cost;
}

/** Measures all operations, one after the other, in an organisation of their own. */
export async function measureAll(): Promise<Measured[]> {
  const world = await createWorld();
  const base = await measure(await authentication.prepare(world));
  const rows: Measured[] = [{ operation: authentication, ...base }];
  for (const operation of operations) {
    const whole = await measure(await operation.prepare(world));
    rows.push({ operation, ...(operation.isRequest ? without(whole, base) : whole) });
  }
  return rows;
}

/** The table as text. */
export function formatCosts(rows: readonly Measured[]): string {
  const header = ['operation', 'reads', 'writes', 'round trips', 'budget', '$ per million'];
  const lines = rows.map(({ operation: { name, budget }, meter }) => [
    name,
    String(meter.reads),
    String(meter.writes),
    String(meter.roundTrips),
    budget === undefined ? '' : `${budget.reads} / ${budget.writes} / ${budget.roundTrips}`,
    dollarsPerMillion(meter).toFixed(2),
  ]);
  return [
    formatTable([header, ...lines]),
    '',
    `Prices of Firestore in ${PRICES.region}: $${(PRICES.perRead * 100_000).toFixed(2)} for 100,000 reads, ` +
      `$${(PRICES.perWrite * 100_000).toFixed(2)} for 100,000 writes. A row of a REST operation comes on top of the first.`,
  ].join('\n');
}

/** What a million of them cost in US dollars. */
export function dollarsPerMillion({ reads, writes }: Cost): number {
  return 1_000_000 * (reads * PRICES.perRead + writes * PRICES.perWrite);
}

function without(whole: Measurement, base: Measurement): Measurement {
  return { meter: difference(whole.meter, base.meter), wire: difference(whole.wire, base.wire) };
}

function difference(a: Cost, b: Cost): Cost {
  return {
    reads: a.reads - b.reads,
    writes: a.writes - b.writes,
    roundTrips: a.roundTrips - b.roundTrips,
  };
}
