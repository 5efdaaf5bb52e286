import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { listManagers, users } from '../users/users.public.ts';
import { choosePlan, hasOverrides, isOverride, type PlanHolder } from './choose-plan.ts';
import { PLAN_BOOK_ID, planBooks, terms } from './plans.repository.ts';
import type { PayeeTerms, PlanVersion, Terms } from './plans.schema.ts';

/** What of a deal decides whose plans it is won on. */
export interface WonDeal {
  readonly id: string;
  /** The version of the deal that the terms are pinned with. */
  readonly version: number;
  readonly wonAt: Date;
  readonly currency: string;
  readonly ownerId: string;
  readonly teamId: string | null;
  readonly splits: readonly { readonly uid: string }[];
}

/** The terms of a deal as they were, for a restatement: whoever had a part stays as they were. */
export interface KeptTerms {
  /** The terms pinned before; undefined when the organisation had no plans then. */
  readonly terms: Terms | undefined;
  /** Who had a part of the deal under them. One of these without a plan stays without. */
  readonly payeeIds: readonly string[];
}

/**
 * Pins the plans in force when a deal was won, for everybody with a split and for the managers of
 * its team, in the same commit as the deal; see `drawUpTerms` for `keep` and what it is billed.
 * One write.
 * @returns the id of the terms, or null when the organisation has no plans
 */
export async function pinTerms(
  unit: UnitOfWork,
  deal: WonDeal,
  keep?: KeptTerms,
): Promise<string | null> {
  const pinned = await drawUpTerms(unit, deal, keep);
  if (pinned === undefined) return null;
  const termsId = `${deal.id}_${deal.version}`;
  unit.create(terms, termsId, pinned);
  return termsId;
}

/**
 * The terms that `pinTerms` pins, without pinning them. `keep`: the payees who had a part of the
 * deal before stay on the plans they had, and so do its managers (a restatement that brings in
 * somebody new). Billed: one read of the plan book, one for each participant but the owner, and,
 * when plans have overrides, one for each manager.
 * @returns the terms, or undefined when the organisation has no plans
 */
export async function drawUpTerms(
  unit: UnitOfWork,
  deal: WonDeal,
  keep?: KeptTerms,
): Promise<Terms | undefined> {
  const others = deal.splits.map(({ uid }) => uid).filter((uid) => uid !== deal.ownerId);
  const [book, people] = await Promise.all([
    unit.find(planBooks, PLAN_BOOK_ID),
    unit.findMany(users, others),
  ]);
  const versions = book?.versions ?? [];
  if (versions.length === 0 && keep?.terms === undefined) return undefined;
  const holders = deal.splits.map(({ uid }) => ({
    uid,
    teamId: uid === deal.ownerId ? deal.teamId : (people.get(uid)?.teamId ?? null),
  }));
  const termsOf = (holder: PlanHolder): PayeeTerms | undefined =>
    keep?.payeeIds.includes(holder.uid)
      ? keep.terms?.payees.find(({ uid }) => uid === holder.uid)
      : payeeTerms(versions, deal, holder);
  return {
    dealId: deal.id,
    dealVersion: deal.version,
    wonAt: deal.wonAt,
    payees: holders.flatMap((holder) => termsOf(holder) ?? []),
    overrides:
      keep === undefined ? await overridesOf(unit, versions, deal) : (keep.terms?.overrides ?? []),
  };
}

function payeeTerms(
  versions: readonly PlanVersion[],
  deal: WonDeal,
  holder: PlanHolder,
): PayeeTerms | undefined {
  const asked = { kind: 'split', currency: deal.currency } as const;
  const version = choosePlan(versions, deal.wonAt, holder, asked);
  if (version === undefined) return undefined;
  const { planId, planName, number, currency, rules, capMinor, floorMinor } = version;
  return {
    ...holder,
    ...{ planId, planName, planVersion: number, currency, capMinor, floorMinor },
    rules: rules.filter((rule) => !isOverride(rule)),
  };
}

async function overridesOf(
  unit: UnitOfWork,
  versions: readonly PlanVersion[],
  deal: WonDeal,
): Promise<Terms['overrides']> {
  const { teamId, wonAt } = deal;
  const asked = { kind: 'override', currency: deal.currency } as const;
  if (teamId === null || !hasOverrides(versions)) return [];
  const managers = await listManagers(unit, teamId);
  return managers
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((manager) => {
      const holder = { uid: manager.id, teamId: manager.teamId };
      const version = choosePlan(versions, wonAt, holder, asked);
      if (version === undefined) return [];
      const { planId, planName, number, currency, rules } = version;
      const rateBps = rules.filter(isOverride).reduce((sum, rule) => sum + rule.rateBps, 0);
      return [{ ...holder, planId, planName, planVersion: number, currency, rateBps }];
    });
}
