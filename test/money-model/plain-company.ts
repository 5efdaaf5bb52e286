/**
 * The money model's plain side: what everybody has earned after the same commands, kept in the
 * plainest way, from what is promised. It shares no code with the product.
 */
import { MANAGERS, type NewTerms } from './commands.ts';
import {
  type Part,
  type PlainDeal,
  type PlainPlan,
  type PlainTerms,
  plainCredits,
  plainEarnings,
  plainTierBonus,
} from './plain-earnings.ts';

interface PlainVersion extends PlainPlan {
  readonly plan: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly publishedMs: number;
  readonly assignment: NewTerms['assignment'];
}

interface DealState extends PlainDeal {
  readonly owner: string;
  readonly teamId: string | null;
  readonly terms: PlainTerms | undefined;
  readonly wonMs: number;
}

const HOUR_MS = 3_600_000;
type Refusal = 'refused' | 'done';

export class PlainCompany {
  readonly #deals: DealState[] = [];
  readonly #plans: { versions: PlainVersion[]; isArchived: boolean }[] = [];
  readonly #teamOf = new Map<string, string | null>([
    ...([
      ['rep1', 'east'],
      ['rep2', 'east'],
      ['rep3', 'west'],
      ['rep4', null],
    ] as const),
    ...([
      ['boss1', 'east'],
      ['boss2', 'west'],
    ] as const),
  ]);
  /** What was earned beside the deals: adjustments and tiers. */
  readonly #beside = new Map<string, bigint>();
  readonly #tiersPaid = new Map<string, bigint>();
  readonly #planIds = new Map<PlainPlan, number>();

  create(owner: string, { amountMinor, currency }: { amountMinor: number; currency: string }) {
    this.#deals.push({
      ...{ kind: 'open', isBinned: false, valueMinor: amountMinor, refundedMinor: 0, currency },
      ...{ splits: [{ uid: owner, shareBps: 10_000 }], owner },
      ...{ teamId: this.#teamOf.get(owner) ?? null, terms: undefined, wonMs: 0 },
    });
  }

  value(deal: number, value: { amountMinor: number; currency: string }): Refusal {
    return this.#change(deal, () => ({ valueMinor: value.amountMinor, currency: value.currency }));
  }

  move(deal: number, kind: PlainDeal['kind'], nowMs: number): Refusal {
    return this.#change(deal, (state) => {
      if (kind !== 'won' || state.kind === 'won') return { kind };
      return { kind, wonMs: nowMs, terms: this.#termsOf(state, state.splits, nowMs) };
    });
  }

  split(deal: number, splits: readonly Part[]): Refusal {
    return this.#change(deal, (state) => {
      if (isSame(state.splits, splits)) return {};
      return state.kind === 'won' ? 'refused' : { splits };
    });
  }

  restate(deal: number, splits: readonly Part[]): Refusal {
    return this.#change(deal, (state) => {
      if (state.kind !== 'won' || isSame(state.splits, splits)) return 'refused';
      const had = new Set(state.splits.map(({ uid }) => uid));
      const kept = state.terms?.plans ?? new Map<string, PlainPlan>();
      const newcomers = splits.filter(({ uid }) => !had.has(uid));
      const fresh = this.#termsOf(state, newcomers, state.wonMs).plans;
      const plans = new Map<string, PlainPlan>();
      for (const { uid } of splits) {
        const plan = had.has(uid) ? kept.get(uid) : fresh.get(uid);
        if (plan !== undefined) plans.set(uid, plan);
      }
      return { splits, terms: { plans, overrides: state.terms?.overrides ?? [] } };
    });
  }

  /** A provider's report is taken whatever has become of the deal. */
  refund(deal: number, refundedMinor: number): Refusal {
    const state = this.#deals[deal];
    if (state !== undefined) this.#deals[deal] = { ...state, refundedMinor };
    return 'done';
  }

  bin(deal: number): Refusal {
    return this.#change(deal, () => ({ isBinned: true }));
  }

  restore(deal: number): Refusal {
    const state = this.#deals[deal];
    if (state !== undefined) this.#deals[deal] = { ...state, isBinned: false };
    return 'done';
  }

  assign(deal: number, owner: string): Refusal {
    return this.#change(deal, (state) => {
      if (owner === state.owner) return {};
      const teamId = this.#teamOf.get(owner) ?? null;
      if (state.kind === 'won') return { owner, teamId };
      const partOf = (uid: string) => state.splits.find((part) => part.uid === uid)?.shareBps ?? 0;
      const shareBps = partOf(state.owner) + partOf(owner);
      const others = state.splits.filter(({ uid }) => uid !== owner && uid !== state.owner);
      const isApart = shareBps === 0 && others.length > 0;
      if (isApart) return { owner, teamId, splits: others };
      const taken =
        state.splits.find(({ uid }) => uid === state.owner) ??
        state.splits.find(({ uid }) => uid === owner);
      const role = taken?.role === undefined ? {} : { role: taken.role };
      return { owner, teamId, splits: [{ uid: owner, shareBps, ...role }, ...others] };
    });
  }

  plan(terms: NewTerms, nowMs: number): void {
    const plan = this.#plans.length;
    this.#plans.push({ versions: [versionOf(plan, terms, nowMs)], isArchived: false });
  }

  version(plan: number, terms: NewTerms, nowMs: number): Refusal {
    const found = this.#plans[plan];
    if (found === undefined || found.isArchived) return 'refused';
    found.versions.push(versionOf(plan, terms, nowMs));
    return 'done';
  }

  archive(plan: number): Refusal {
    const found = this.#plans[plan];
    if (found !== undefined) found.isArchived = true;
    return 'done';
  }

  team(uid: string, teamId: string | null): void {
    this.#teamOf.set(uid, teamId);
  }

  adjust(uid: string, currency: string, amountMinor: number): void {
    this.#add(`${uid} ${currency}`, BigInt(amountMinor));
  }

  /** Pays what tiers owe for every month that a deal was won in, less what they have paid for it. */
  payTiers(): void {
    const won = new Map<string, { plan: PlainPlan; payee: string; sum: bigint }>();
    for (const key of this.#tiersPaid.keys()) {
      const known = this.#tierLines.get(key);
      if (known !== undefined) won.set(key, { ...known, sum: 0n });
    }
    for (const deal of this.#deals) {
      const month = new Date(deal.wonMs).toISOString().slice(0, 7);
      for (const { uid, plan, creditMinor } of plainCredits(deal, deal.terms)) {
        const payee = `${uid} ${deal.currency}`;
        const key = `${payee} ${this.#idOf(plan)} ${month}`;
        const sum = (won.get(key)?.sum ?? 0n) + creditMinor;
        won.set(key, { plan, payee, sum });
      }
    }
    for (const [key, { plan, payee, sum }] of won) {
      const bonus = plainTierBonus(plan, sum);
      this.#add(payee, bonus - (this.#tiersPaid.get(key) ?? 0n));
      this.#tiersPaid.set(key, bonus);
      this.#tierLines.set(key, { plan, payee });
    }
  }
  readonly #tierLines = new Map<string, { plan: PlainPlan; payee: string }>();

  /** What everybody has earned by now, by payee and currency; nothing is left out. */
  earned(): Record<string, number> {
    const sums = new Map(this.#beside);
    for (const deal of this.#deals) {
      for (const { uid, amountMinor } of plainEarnings(deal, deal.terms)) {
        const payee = `${uid} ${deal.currency}`;
        sums.set(payee, (sums.get(payee) ?? 0n) + amountMinor);
      }
    }
    const listed = [...sums].filter(([, sum]) => sum !== 0n).sort();
    return Object.fromEntries(listed.map(([payee, sum]) => [payee, Number(sum)]));
  }

  #change(deal: number, change: (state: DealState) => Partial<DealState> | 'refused'): Refusal {
    const state = this.#deals[deal];
    if (state === undefined || state.isBinned) return 'refused';
    const changed = change(state);
    if (changed === 'refused') return 'refused';
    this.#deals[deal] = { ...state, ...changed };
    return 'done';
  }

  #termsOf(deal: DealState, splits: readonly { uid: string }[], atMs: number): PlainTerms {
    const plans = new Map<string, PlainPlan>();
    for (const { uid } of splits) {
      const teamId = uid === deal.owner ? deal.teamId : (this.#teamOf.get(uid) ?? null);
      const plan = this.#choose(uid, teamId, deal.currency, atMs, false);
      if (plan !== undefined) plans.set(uid, plan);
    }
    const overrides: { uid: string; plan: PlainPlan }[] = [];
    for (const uid of MANAGERS) {
      const manages = deal.teamId === 'east' || (deal.teamId === 'west' && uid === 'boss2');
      const plan = this.#choose(uid, this.#teamOf.get(uid) ?? null, deal.currency, atMs, true);
      if (manages && plan !== undefined) overrides.push({ uid, plan });
    }
    return { plans, overrides };
  }

  /** Of the plans that fit: the person's, else the team's, else everybody's; then the newest. */
  #choose(
    uid: string,
    teamId: string | null,
    currency: string,
    atMs: number,
    isOverride: boolean,
  ): PlainPlan | undefined {
    let best: PlainVersion | undefined;
    let bestRank = 0;
    for (const { versions, isArchived } of this.#plans) {
      if (isArchived) continue;
      const version = versions.findLast(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
      if (version === undefined) continue;
      if (version.currency !== null && version.currency !== currency) continue;
      if (!version.rules.some(({ kind }) => (kind === 'override') === isOverride)) continue;
      const { userIds, teamIds, everyone } = version.assignment;
      let rank = everyone ? 1 : 0;
      if (teamId !== null && teamIds.includes(teamId)) rank = 2;
      if (userIds.includes(uid)) rank = 3;
      if (rank === 0 || rank < bestRank) continue;
      if (best !== undefined && rank === bestRank && version.publishedMs < best.publishedMs) {
        continue;
      }
      best = version;
      bestRank = rank;
    }
    return best;
  }

  #add(payee: string, amount: bigint): void {
    this.#beside.set(payee, (this.#beside.get(payee) ?? 0n) + amount);
  }

  #idOf(plan: PlainPlan): number {
    const id = this.#planIds.get(plan) ?? this.#planIds.size;
    this.#planIds.set(plan, id);
    return id;
  }
}

function versionOf(plan: number, terms: NewTerms, nowMs: number): PlainVersion {
  const { sinceHours, untilHours, ...rest } = terms;
  return {
    ...{ ...rest, plan, publishedMs: nowMs, fromMs: nowMs - sinceHours * HOUR_MS },
    toMs: untilHours === null ? Number.POSITIVE_INFINITY : nowMs + untilHours * HOUR_MS,
  };
}

function isSame(splits: readonly Part[], others: readonly Part[]): boolean {
  return (
    splits.length === others.length &&
    splits.every(({ uid, shareBps, role }, index) => {
      const other = others[index];
      return other?.uid === uid && other.shareBps === shareBps && other.role === role;
    })
  );
}
