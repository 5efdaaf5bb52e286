import pMap from 'p-map';
import type { RecordFields } from '../../platform/records.ts';
import { openUnit, type Store } from '../../platform/unit-of-work.ts';
import type { RecordKind } from '../events/events.public.ts';
import { events } from '../events/events.public.ts';
import { findTimeline, periodContaining, periods, rootHashOf } from '../payouts/payouts.public.ts';
import { type Period, periodSchema, type Timeline } from '../payouts/payouts.schema.ts';
import { terms } from '../plans/plans.public.ts';
import type { Terms } from '../plans/plans.schema.ts';
import { sumUntil } from './balances.repository.ts';
import { ledger, splits } from './ledger.repository.ts';
import { accounts, splitSchema } from './ledger.schema.ts';
import { pagesOf } from './verify.repository.ts';
import type { Finding, Report } from './verify.schema.ts';
import { EntryVerifier } from './verify-entries.ts';
import { EventVerifier, type Replay } from './verify-events.ts';

interface VerifyContext {
  readonly store: Store;
  readonly now: Date;
}

/** The entries of one period in one hash. */
export interface PeriodHash {
  readonly id: string;
  readonly entries: number;
  readonly rootHash: string;
  /** True when the period is closed and this is what it was sealed with. */
  readonly isSealed: boolean;
}

/** What was looked at and what was found. */
export interface Verification {
  readonly events: number;
  readonly entries: number;
  readonly periods: readonly PeriodHash[];
  readonly findings: readonly Finding[];
}

/** Triggers and the sweep record a change within this time. */
const SETTLED_AFTER_MS = 10 * 60 * 1000;
const CONCURRENCY = 8;

/**
 * Rebuilds an organisation's ledger from its events and the terms pinned to its deals, and compares:
 * every event and entry by its digest, every record's events without a gap, every posting with what
 * its event gives, every entry of a command with the step that posted it, the projections and the
 * balances with the sums, and closed periods with their seals. Reads page by page and keeps a few
 * hundred bytes of each document. `kinds` are those whose records are compared with their events.
 * Billed: one read for each event, entry, terms, split and record; one for each balance.
 */
export async function verifyLedger(
  ctx: VerifyContext,
  orgId: string,
  kinds: readonly RecordKind<RecordFields>[],
): Promise<Verification> {
  const { store, now } = ctx;
  const findings: Finding[] = [];
  const report: Report = (finding) => findings.push(finding);
  const settledUntil = new Date(now.getTime() - SETTLED_AFTER_MS);
  const pinned = await readTerms(store, orgId, report);
  const eventVerifier = new EventVerifier(report);
  let eventCount = 0;
  for await (const page of pagesOf(store, events.path(orgId))) {
    for (const document of page) eventVerifier.add(document);
    eventCount += page.length;
  }
  for (const kind of kinds) await readRecords(store, orgId, kind, eventVerifier, settledUntil);
  eventVerifier.checkGaps();
  const replays = new Map(eventVerifier.replays(pinned));
  requireTerms(replays, pinned, report);
  const sealed = await readPeriods(store, orgId);
  const periodIds = new Set(sealed.keys());
  const rebuilt = { events: eventVerifier, replays, periodIds, settledUntil };
  const entryVerifier = new EntryVerifier(rebuilt, report);
  const digests = await readEntries(ctx, orgId, entryVerifier);
  entryVerifier.finish();
  await checkSplits(store, orgId, entryVerifier, report);
  if (!findings.some(({ kind }) => kind === 'entry')) {
    await checkBalances(ctx, orgId, entryVerifier, report);
  }
  return {
    events: eventCount,
    entries: [...digests.values()].reduce((sum, each) => sum + each.length, 0),
    periods: comparePeriods(digests, sealed, report),
    findings,
  };
}

async function readTerms(store: Store, orgId: string, report: Report): Promise<Map<string, Terms>> {
  const pinned = new Map<string, Terms>();
  for await (const page of pagesOf(store, terms.path(orgId))) {
    for (const { id, fields } of page) {
      const parsed = terms.schema.safeParse(fields);
      if (parsed.success) pinned.set(id, parsed.data);
      else report({ kind: 'terms', problem: 'altered', id, why: 'they are no terms' });
    }
  }
  return pinned;
}

/** Only the newest event of a record can be missing without a gap: the record tells its version. */
async function readRecords(
  store: Store,
  orgId: string,
  { collection }: RecordKind<RecordFields>,
  verifier: EventVerifier,
  settledUntil: Date,
): Promise<void> {
  for await (const page of pagesOf(store, collection.path(orgId), ['version', 'updatedAt'])) {
    for (const { id, fields } of page) {
      const { version, updatedAt } = fields;
      const isSettled = updatedAt instanceof Date && updatedAt <= settledUntil;
      verifier.checkRecord(id, Number(version), isSettled);
    }
  }
}

function requireTerms(
  replays: ReadonlyMap<string, Replay>,
  pinned: ReadonlyMap<string, Terms>,
  report: Report,
): void {
  for (const { last } of replays.values()) {
    const id = last.deal?.termsId;
    if (!id || pinned.has(id)) continue;
    report({ kind: 'terms', problem: 'removed', id, why: 'a deal was won on them' });
  }
}

async function readPeriods(store: Store, orgId: string): Promise<Map<string, Period>> {
  const found = new Map<string, Period>();
  for await (const page of pagesOf(store, periods.path(orgId))) {
    for (const { id, fields } of page) found.set(id, periodSchema.parse(fields));
  }
  return found;
}

async function readEntries(
  ctx: VerifyContext,
  orgId: string,
  verifier: EntryVerifier,
): Promise<Map<string, string[]>> {
  const timeline: Timeline = await findTimeline(openUnit(ctx, orgId));
  const digests = new Map<string, string[]>();
  for await (const page of pagesOf(ctx.store, ledger.path(orgId))) {
    for (const document of page) {
      const { digest, postedAt } = verifier.add(document);
      const period = postedAt instanceof Date ? periodContaining(timeline, postedAt).id : 'none';
      const known = digests.get(period);
      if (known === undefined) digests.set(period, [digest]);
      else known.push(digest);
    }
  }
  return digests;
}

async function checkSplits(
  store: Store,
  orgId: string,
  verifier: EntryVerifier,
  report: Report,
): Promise<void> {
  const due = new Map(verifier.splits);
  for await (const page of pagesOf(store, splits.path(orgId))) {
    for (const { id, fields } of page) {
      const parsed = splitSchema.safeParse(fields);
      if (!parsed.success) {
        report({ kind: 'split', problem: 'altered', id, why: 'it is no split' });
        continue;
      }
      const { dealId, earnedMinor, heldMinor } = parsed.data;
      for (const currency of Object.keys(earnedMinor)) {
        const key = `${id} ${currency}`;
        const sum = due.get(key);
        due.delete(key);
        const isSame =
          earnedMinor[currency] === 0 - (sum?.expenseMinor ?? 0) &&
          (heldMinor[currency] ?? 0) === (sum?.heldMinor ?? 0);
        if (isSame || verifier.isDamaged(dealId)) continue;
        const why = `its entries sum to another amount in ${currency}: one of them was removed, or it was changed`;
        report({ kind: 'split', problem: 'altered', id, why });
      }
    }
  }
  for (const key of due.keys()) {
    const [id = ''] = key.split(' ');
    report({ kind: 'split', problem: 'removed', id, why: 'its entries are there' });
  }
}

async function checkBalances(
  ctx: VerifyContext,
  orgId: string,
  { balances }: EntryVerifier,
  report: Report,
): Promise<void> {
  const unit = openUnit(ctx, orgId);
  await pMap(
    balances,
    async ([key, rebuilt]) => {
      const [ownerId = '', currency = ''] = key.split(' ');
      const stored = await sumUntil(unit, ownerId, currency, END_OF_TIME);
      const wrong = accounts.find(
        (account) => account !== 'expenseMinor' && stored[account] !== rebuilt[account],
      );
      if (wrong === undefined) return;
      const why = `${wrong} is ${Object(stored)[wrong]}, its entries give ${rebuilt[wrong]}`;
      report({ kind: 'balance', problem: 'altered', id: key, why });
    },
    { concurrency: CONCURRENCY },
  );
}

const END_OF_TIME = new Date('9999-12-31T23:59:59.999Z');

function comparePeriods(
  digests: ReadonlyMap<string, readonly string[]>,
  sealed: ReadonlyMap<string, Period>,
  report: Report,
): PeriodHash[] {
  const closed = [...sealed].filter(([, { status }]) => status === 'closed').map(([id]) => id);
  return [...new Set([...digests.keys(), ...closed])].sort().map((id) => {
    const own = digests.get(id) ?? [];
    const rootHash = rootHashOf(own);
    const seal = sealed.get(id);
    const isClosed = seal?.status === 'closed';
    if (isClosed && seal.rootHash !== rootHash) {
      const why = `it was sealed with ${seal.entries} entries as ${seal.rootHash}, and has ${own.length} as ${rootHash}`;
      report({ kind: 'period', problem: 'altered', id, why });
    }
    return { id, entries: own.length, rootHash, isSealed: isClosed && seal.rootHash === rootHash };
  });
}
