import { isDeepStrictEqual } from 'node:util';
import { digestOf } from '../../platform/digest.ts';
import { type EarningState, earningDealOf, postingsOf } from '../earnings/earnings.public.ts';
import { foldEvent } from '../events/events.public.ts';
import { type Event, eventSchema } from '../events/events.schema.ts';
import type { Terms } from '../plans/plans.schema.ts';
import type { NewEntry } from './ledger.repository.ts';
import type { RawDocument } from './verify.repository.ts';
import type { Report } from './verify.schema.ts';
import { expectedOfCommand } from './verify-commands.ts';

type Fields = Readonly<Record<string, unknown>>;
type Change = Pick<Event, 'recordId' | 'version' | 'actor' | 'at' | 'recovered'> & {
  readonly before: Fields;
  readonly after: Fields;
};

/** A history as far as it is known: which versions have events, and of a deal what they changed. */
interface History {
  readonly versions: Set<number>;
  readonly changes: Change[];
  /** True when one of its events was altered, so that it cannot be replayed. */
  isDamaged: boolean;
}

/** What a deal's events give: its postings, and its last state. */
export interface Replay {
  /** Content without the time of posting, by id; undefined when events were recovered. */
  readonly postings: ReadonlyMap<string, Omit<NewEntry, 'postedAt'>> | undefined;
  readonly last: EarningState;
}

/** What of a deal decides its postings; only this is kept of its events. */
const EARNING_FIELDS: ReadonlySet<string> = new Set([
  ...['valueMinor', 'refundedMinor', 'currency', 'stageKind', 'splits', 'termsId', 'deletedAt'],
  'title',
]);
const VERSIONED_ID = /^(.+)_(\d+)$/;
/** A forged version must not make us count for ever. */
const MAX_VERSION = 1_000_000;

/** Takes all events of an organisation in, one by one, and says which of them are not as recorded. */
export class EventVerifier {
  readonly #histories = new Map<string, History>();
  readonly #commandEntries = new Set<string>();
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  /** Checks one event by itself. @returns its digest as it should be */
  add({ id, fields: { digest, recordedAt: _, ...content } }: RawDocument): string {
    const expected = digestOf(content);
    const parsed = eventSchema.safeParse({ ...content, digest });
    if (expected !== digest || !parsed.success) {
      this.#report({ kind: 'event', problem: 'altered', id, why: 'its digest is another' });
      this.#damage(id);
      return expected;
    }
    const event = parsed.data;
    const { recordId, version } = event;
    if (version === 0 && id.startsWith(`${recordId}_c_`)) return expected;
    if (version === 0 || id !== `${recordId}_${version}`) {
      const why = 'its id is not that of its record and version';
      this.#report({ kind: 'event', problem: 'added', id, why });
      return expected;
    }
    this.#keep(event);
    return expected;
  }

  /** Compares a record's events with the version that it is at; the newest may be on its way. */
  checkRecord(recordId: string, version: number, isSettled: boolean): void {
    const history = this.#historyOf(recordId);
    for (const known of history.versions) {
      if (known <= version) continue;
      history.versions.delete(known);
      const why = `its record is at version ${version}`;
      this.#report({ kind: 'event', problem: 'added', id: `${recordId}_${known}`, why });
    }
    if (isSettled) this.#requireVersions(recordId, history, version);
  }

  /** Finds the gaps in all histories. */
  checkGaps(): void {
    for (const [recordId, history] of this.#histories) {
      this.#requireVersions(recordId, history, Math.max(0, ...history.versions));
    }
  }

  /** True when there is this event, altered or not. */
  has(recordId: string, version: number): boolean {
    return this.#histories.get(recordId)?.versions.has(version) ?? false;
  }

  /** The same by the event's id. */
  hasId(id: string): boolean {
    const [, recordId, version] = VERSIONED_ID.exec(id) ?? [];
    return recordId !== undefined && this.has(recordId, Number(version));
  }

  /** The entries that the events of payouts, disputes and adjustments say there must be. */
  get commandEntries(): ReadonlySet<string> {
    return this.#commandEntries;
  }

  /** The deals whose events are all there and unaltered, with what they give. */
  *replays(terms: ReadonlyMap<string, Terms>): Generator<[string, Replay]> {
    for (const [recordId, { changes, versions, isDamaged }] of this.#histories) {
      const isWhole = changes.length === versions.size && !isDamaged;
      if (changes.length > 0 && isWhole) yield [recordId, this.#replay(changes, terms)];
    }
  }

  #replay(changes: readonly Change[], terms: ReadonlyMap<string, Terms>): Replay {
    const postings = new Map<string, Omit<NewEntry, 'postedAt'>>();
    const stateOf = (fields: Fields): EarningState => {
      const deal = earningDealOf(fields);
      return { deal, terms: deal?.termsId ? terms.get(deal.termsId) : undefined };
    };
    let fields: Fields = {};
    let was = stateOf(fields);
    for (const change of changes.toSorted((a, b) => a.version - b.version)) {
      this.#checkBefore(change, fields);
      fields = foldEvent(fields, change);
      const is = stateOf(fields);
      for (const { id, entry } of postingsOf(change, was, is, change.at)) {
        const { postedAt: _, ...content } = entry;
        postings.set(id, content);
      }
      was = is;
    }
    const isRecovered = changes.some(({ recovered }) => recovered);
    return { postings: isRecovered ? undefined : postings, last: was };
  }

  /** What an event says was there before must be what the events before it left. */
  #checkBefore({ recordId, version, before }: Change, state: Fields): void {
    const [field] =
      Object.entries(before).find(([name, value]) => !isDeepStrictEqual(value, state[name])) ?? [];
    if (field === undefined) return;
    const why = `${field} was not as it says before this change`;
    this.#report({ kind: 'event', problem: 'altered', id: `${recordId}_${version}`, why });
  }

  #keep(event: Event): void {
    const { recordType, recordId, version, actor, at, recovered } = event;
    const history = this.#historyOf(recordId);
    history.versions.add(version);
    for (const id of expectedOfCommand(event)) this.#commandEntries.add(id);
    if (recordType !== 'deal') return;
    const [before, after] = [earningFields(event.before), earningFields(event.after)];
    history.changes.push({ recordId, version, actor, at, recovered, before, after });
  }

  #damage(id: string): void {
    const [, recordId, version] = VERSIONED_ID.exec(id) ?? [];
    if (recordId === undefined) return;
    const history = this.#historyOf(recordId);
    history.versions.add(Number(version));
    history.isDamaged = true;
  }

  #requireVersions(recordId: string, { versions }: History, until: number): void {
    for (let version = 1; version <= Math.min(until, MAX_VERSION); version += 1) {
      if (versions.has(version)) continue;
      versions.add(version);
      const why = `its record has been at version ${until}`;
      this.#report({ kind: 'event', problem: 'removed', id: `${recordId}_${version}`, why });
    }
  }

  #historyOf(recordId: string): History {
    const known = this.#histories.get(recordId);
    if (known !== undefined) return known;
    const history: History = { versions: new Set(), changes: [], isDamaged: false };
    this.#histories.set(recordId, history);
    return history;
  }
}

function earningFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => EARNING_FIELDS.has(name)));
}
