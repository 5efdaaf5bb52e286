import { digestOf } from '../../platform/digest.ts';
import { targetOf } from '../earnings/earnings.public.ts';
import { completeEntry } from './ledger.repository.ts';
import { type Account, accounts, type LedgerEntry, ledgerEntrySchema } from './ledger.schema.ts';
import type { RawDocument } from './verify.repository.ts';
import type { Finding, Report } from './verify.schema.ts';
import { commandCauseOf } from './verify-commands.ts';
import type { EventVerifier, Replay } from './verify-events.ts';

/** What the entries of somebody, or on something, sum to. */
type Sums = Record<Account, number>;

/** What entries are compared with. */
export interface Rebuilt {
  readonly events: EventVerifier;
  readonly replays: ReadonlyMap<string, Replay>;
  readonly periodIds: ReadonlySet<string>;
  /** Entries since then may be ahead of the events of their commands. */
  readonly settledUntil: Date;
}

/** What is wrong with an entry that is as it was posted. */
type Flaw = Pick<Finding, 'problem' | 'why'>;

/** Takes all entries of an organisation in, one by one, and says which are not as posted. */
export class EntryVerifier {
  /** By payee and currency, joined with a space. */
  readonly balances = new Map<string, Sums>();
  /** By deal and payee (the split's id) and currency, joined with a space. */
  readonly splits = new Map<string, Sums>();
  readonly #seen = new Set<string>();
  /** Deals with recovered events: by deal and what tells earnings apart. */
  readonly #earned = new Map<string, Map<string, number>>();
  /** Deals whose entries were found altered, so that their sums say nothing. */
  readonly #damagedDeals = new Set<string>();
  readonly #report: Report;
  readonly #rebuilt: Rebuilt;

  constructor(rebuilt: Rebuilt, report: Report) {
    this.#rebuilt = rebuilt;
    this.#report = report;
  }

  /** Checks one entry. @returns its digest as it should be, and when it was posted if that is known */
  add({ id, fields: { digest, ...content } }: RawDocument): { digest: string; postedAt: unknown } {
    this.#seen.add(id);
    const expected = digestOf(content);
    const parsed = ledgerEntrySchema.safeParse({ ...content, digest });
    const { postedAt } = content;
    if (expected !== digest) this.#found('altered', id, content.dealId, 'its digest is another');
    else if (!parsed.success) this.#found('altered', id, content.dealId, 'it is no entry');
    else this.#check(id, parsed.data);
    return { digest: expected, postedAt };
  }

  /** Finds the entries that are not there, and deals whose recovered events posted something else. */
  finish(): void {
    for (const [dealId, { postings }] of this.#rebuilt.replays) {
      for (const id of postings?.keys() ?? []) {
        if (this.#seen.has(id)) continue;
        this.#found('removed', id, dealId, 'the event that posted it is there');
      }
    }
    for (const id of this.#rebuilt.events.commandEntries) {
      if (this.#seen.has(id)) continue;
      this.#found('removed', id, undefined, 'the step that posted it is recorded');
    }
    for (const [dealId, replay] of this.#rebuilt.replays) this.#checkRecovered(dealId, replay);
  }

  /** True when what was found on a deal makes its sums another. */
  isDamaged(dealId: string): boolean {
    return this.#damagedDeals.has(dealId);
  }

  #check(id: string, entry: LedgerEntry): void {
    const { ownerId, currency, dealId } = entry;
    addTo(this.balances, `${ownerId} ${currency}`, entry);
    if (dealId !== null) addTo(this.splits, `${dealId}_${ownerId} ${currency}`, entry);
    const flaw =
      entry.component === null ? this.#commandFlaw(id, entry) : this.#postingFlaw(id, entry);
    if (flaw !== undefined) this.#found(flaw.problem, id, dealId, flaw.why);
  }

  #postingFlaw(id: string, entry: LedgerEntry): Flaw | undefined {
    const { dealId, dealVersion, eventId, postedAt } = entry;
    const { events, replays } = this.#rebuilt;
    const isLinked =
      dealId !== null &&
      dealVersion !== null &&
      eventId === `${dealId}_${dealVersion}` &&
      id.startsWith(`${eventId}_`) &&
      events.has(dealId, dealVersion);
    if (!isLinked) return { problem: 'added', why: 'no event posted it' };
    const replay = replays.get(dealId);
    if (replay?.postings === undefined) {
      if (replay !== undefined) this.#addEarned(dealId, entry);
      return undefined;
    }
    const expected = replay.postings.get(id);
    if (expected === undefined) return { problem: 'added', why: 'its event posts none such' };
    const field = differenceOf(entry, completeEntry({ ...expected, postedAt }));
    const why = `its event and the terms of the deal give another ${field}`;
    return field === undefined ? undefined : { problem: 'altered', why };
  }

  #commandFlaw(id: string, entry: LedgerEntry): Flaw | undefined {
    const { events, periodIds, settledUntil } = this.#rebuilt;
    const cause = commandCauseOf(id, entry);
    const isCaused =
      cause?.kind === 'period'
        ? periodIds.has(cause.periodId)
        : cause !== undefined && (events.hasId(cause.eventId) || entry.postedAt > settledUntil);
    return isCaused ? undefined : { problem: 'added', why: 'no recorded step posted it' };
  }

  #addEarned(dealId: string, entry: LedgerEntry): void {
    const earned = this.#earned.get(dealId) ?? new Map<string, number>();
    this.#earned.set(dealId, earned);
    const key = earnedKey({ ...entry, uid: entry.ownerId });
    earned.set(key, (earned.get(key) ?? 0) - entry.expenseMinor);
  }

  #checkRecovered(dealId: string, { postings, last }: Replay): void {
    if (postings !== undefined || this.#damagedDeals.has(dealId)) return;
    const due = new Map(this.#earned.get(dealId));
    for (const earning of targetOf(last.deal, last.terms)) {
      const key = earnedKey(earning);
      due.set(key, (due.get(key) ?? 0) - earning.amountMinor);
    }
    const [key] = [...due].find(([, minor]) => minor !== 0) ?? [];
    if (key === undefined) return;
    this.#found('altered', `${dealId}_…_${key}`, dealId, 'the deal as it is earns another sum');
  }

  #found(problem: Finding['problem'], id: string, dealId: unknown, why: string): void {
    this.#report({ kind: 'entry', problem, id, why });
    if (typeof dealId === 'string') this.#damagedDeals.add(dealId);
    for (const [known, { postings }] of this.#rebuilt.replays) {
      if (postings?.has(id)) this.#damagedDeals.add(known);
    }
  }
}

function differenceOf(entry: LedgerEntry, expected: LedgerEntry): string | undefined {
  const content = new Map(Object.entries(expected));
  return Object.entries(entry).find(
    ([field, value]) =>
      field !== 'digest' && JSON.stringify(value) !== JSON.stringify(content.get(field)),
  )?.[0];
}

function earnedKey(earning: {
  readonly uid: string;
  readonly component: string | null;
  readonly currency: string;
  readonly planKey: string | null;
  readonly wonAt: Date | null;
}): string {
  const { uid, component, currency, planKey, wonAt } = earning;
  return [uid, component, currency, planKey, wonAt?.getTime()].join('_');
}

function addTo(sums: Map<string, Sums>, key: string, entry: LedgerEntry): void {
  const sum = sums.get(key);
  if (sum === undefined) {
    const { expenseMinor, pendingMinor, heldMinor, approvedMinor, inTransitMinor, paidMinor } =
      entry;
    const first = {
      expenseMinor,
      pendingMinor,
      heldMinor,
      approvedMinor,
      inTransitMinor,
      paidMinor,
    };
    sums.set(key, first);
    return;
  }
  for (const account of accounts) sum[account] += entry[account];
}
