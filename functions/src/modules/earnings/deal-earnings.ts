import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { minorDigits, toMinorUnits } from '../../platform/money.schema.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { isAllowed } from '../access/access.public.ts';
import { getDeal } from '../deals/deals.public.ts';
import type { Deal } from '../deals/deals.schema.ts';
import { drawUpTerms } from '../plans/plans.public.ts';
import { users } from '../users/users.public.ts';
import { findSplitsOfDeal } from './earnings.repository.ts';
import type { DealEarnings, Preview, PreviewLine } from './explain.schema.ts';
import { explainTarget } from './explain.ts';
import { targetSentence } from './explain-sentence.ts';
import { type Earning, targetOf } from './target.ts';

type Caller = Context<Principal>;
type Priced = Stored<Deal>;

/**
 * What a deal earns those whose earnings the caller may see, and for one that is open what it would
 * earn them were it won now. Billed: the deal, one read for each of those payees, and for an open
 * deal its terms (see `drawUpTerms`).
 * @throws AppError not-found
 */
export async function getDealEarnings(
  ctx: Caller,
  dealId: string,
  locale: string,
): Promise<DealEarnings> {
  const deal = await getDeal(ctx, dealId);
  const unit = openUnit(ctx, ctx.principal.orgId);
  const [found, preview] = await Promise.all([
    findSplitsOfDeal(unit, ctx.principal, dealId),
    deal.stageKind === 'open' ? previewOf(ctx, unit, deal, locale) : null,
  ]);
  const payees = found.map(({ ownerId, earnedMinor, heldMinor }) => ({
    userId: ownerId,
    earned: amountsIn(earnedMinor),
    held: amountsIn(heldMinor),
  }));
  return { dealId, payees: payees.toSorted((a, b) => (a.userId < b.userId ? -1 : 1)), preview };
}

/**
 * What an open deal would earn with another value or other parts, were it won now. Writes nothing.
 * @throws AppError not-found, failed-precondition (not open), invalid-argument (value, currency, splits)
 */
export async function previewDealEarnings(
  ctx: Caller,
  dealId: string,
  { value, currency, splits, locale }: Preview,
): Promise<PreviewLine[]> {
  const deal = await getDeal(ctx, dealId);
  if (deal.stageKind !== 'open') {
    throw new AppError(
      'failed-precondition',
      'The deal is closed; what it earns is posted, and a restatement can be previewed',
    );
  }
  const unit = openUnit(ctx, ctx.principal.orgId);
  if (splits !== undefined) await requireMembers(unit, splits);
  const changed = { ...deal, ...pricedAt(deal, value, currency), splits: splits ?? deal.splits };
  return previewOf(ctx, unit, changed, locale);
}

async function requireMembers(unit: UnitOfWork, splits: Deal['splits']): Promise<void> {
  const people = await unit.findMany(
    users,
    splits.map(({ uid }) => uid),
  );
  const unknown = splits.find(({ uid }) => !people.get(uid)?.active);
  if (unknown === undefined) return;
  const problem = `there is no active user '${unknown.uid}'; give ids of members of your organisation`;
  throw new AppError('invalid-argument', `splits: ${problem}`, { field: 'splits' });
}

function pricedAt(
  deal: Priced,
  value: number | undefined,
  currency = deal.currency,
): Pick<Deal, 'valueMinor' | 'currency'> {
  if (value === undefined && currency !== deal.currency) {
    throw new AppError('invalid-argument', 'currency: give the value in the new currency too', {
      field: 'currency',
    });
  }
  const valueMinor = value === undefined ? deal.valueMinor : toMinorUnits(value, currency);
  if (valueMinor !== undefined) return { valueMinor, currency };
  const problem = `is too large or has more than the ${minorDigits(currency)} decimals of ${currency}`;
  throw new AppError('invalid-argument', `value: ${problem}`, { field: 'value' });
}

async function previewOf(
  { principal, now }: Caller,
  unit: UnitOfWork,
  deal: Priced,
  locale: string,
): Promise<PreviewLine[]> {
  const { id, version, ownerId, teamId, splits, currency } = deal;
  const won = { id, version: version + 1, wonAt: now, ownerId, teamId, splits, currency };
  const terms = await drawUpTerms(unit, won);
  if (terms === undefined) return [];
  const wonDeal = { ...deal, stageKind: 'won' as const, termsId: `${id}_${version + 1}` };
  return targetOf(wonDeal, terms)
    .filter((earning) => maySee(principal, earning))
    .flatMap(({ uid, component, amountMinor }) => {
      const explanation = explainTarget(wonDeal, terms, { uid, component });
      if (explanation === undefined) return [];
      const sentence = targetSentence(explanation, { locale, isPayee: uid === principal.uid });
      return [{ userId: uid, component, currency, amountMinor, sentence, explanation }];
    });
}

function maySee(caller: Principal, { uid, teamId }: Earning): boolean {
  return isAllowed(caller, 'read', 'split', { ownerId: uid, teamId, participantIds: [uid] });
}

function amountsIn(byCurrency: Readonly<Record<string, number>>) {
  return Object.entries(byCurrency)
    .map(([currency, amountMinor]) => ({ currency, amountMinor }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}
