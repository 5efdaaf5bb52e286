import { AppError } from '../../platform/errors.ts';
import { toMinorUnits } from '../../platform/money.schema.ts';
import type { Operation } from '../access/access.schema.ts';
import type { Stage, StageKind } from '../stages/stages.schema.ts';
import type { Deal, DealChange, NewDeal } from './deals.schema.ts';

/** The operation that a change of each field is: what the policy has to grant. */
const fieldOperations = {
  title: 'update',
  value: 'update',
  stage: 'move',
  probability: 'move',
  lostReason: 'move',
  expectedCloseDate: 'update',
  ownerId: 'assign',
  // Splits decide what others earn, so they are for those who oversee the deal.
  splits: 'assign',
  contactIds: 'update',
  companyId: 'update',
  description: 'update',
  tags: 'update',
  customFields: 'update',
  externalIds: 'update',
} as const satisfies Record<keyof DealChange, Operation>;

/** The operations that a change consists of, each once. */
export function operationsOf(change: DealChange): Operation[] {
  const given = new Map(Object.entries(change));
  const operations = Object.entries(fieldOperations)
    .filter(([field]) => given.get(field) !== undefined)
    .map(([, operation]) => operation);
  return operations.length === 0 ? ['update'] : [...new Set(operations)];
}

/**
 * The fields that a deal takes on in a stage: the stage's probability unless another is given, and
 * the moment it was won or lost, kept when it moves within the same kind.
 */
export function enterStage(
  stage: Stage & { readonly id: string },
  probability: number | undefined,
  now: Date,
  before?: Deal,
): Pick<Deal, 'stageId' | 'stageKind' | 'stageKey' | 'probability' | 'closedAt'> {
  const isSameKind = before?.stageKind === stage.kind;
  const closedAt = isSameKind ? before.closedAt : now;
  return {
    stageId: stage.id,
    stageKind: stage.kind,
    stageKey: stage.systemKey,
    probability: probability ?? stage.defaultProbability,
    closedAt: stage.kind === 'open' ? null : closedAt,
  };
}

/**
 * Why the deal is lost, after a change: kept while it is lost, gone when it is not.
 * @throws AppError invalid-argument: field lostReason
 */
export function lostReasonIn(
  kind: StageKind,
  given: string | null | undefined,
  before: string | null,
): string | null {
  if (kind === 'lost') return given === undefined ? before : given;
  if (given === undefined || given === null) return null;
  throw new AppError(
    'invalid-argument',
    'lostReason: only a deal in a lost stage has one; move it to a lost stage or leave this out',
    { field: 'lostReason' },
  );
}

/** Who is concerned by a deal: its owner and everybody with a part of it. */
export function participantsOf(ownerId: string, splits: Deal['splits']): string[] {
  return [...new Set([ownerId, ...splits.map(({ uid }) => uid)])];
}

/**
 * The splits after the deal went to another owner: the new one takes the part of the old one,
 * in the role that it was for. What was earned by a win stays with whoever earned it.
 */
export function splitsAfterHandOver(
  { stageKind, ownerId, splits }: Pick<Deal, 'stageKind' | 'ownerId' | 'splits'>,
  newOwnerId: string,
): Deal['splits'] {
  if (stageKind === 'won' || newOwnerId === ownerId) return splits;
  const before = splits.find(({ uid }) => uid === ownerId);
  const own = splits.find(({ uid }) => uid === newOwnerId);
  const shareBps = (before?.shareBps ?? 0) + (own?.shareBps ?? 0);
  const others = splits.filter(({ uid }) => uid !== ownerId && uid !== newOwnerId);
  if (shareBps === 0 && others.length > 0) return others;
  return [{ ...(before ?? own), uid: newOwnerId, shareBps }, ...others];
}

/** Refuses new splits of a deal that is won. @throws AppError failed-precondition: field splits */
export function requireSplittable({ stageKind }: Pick<Deal, 'stageKind'>): void {
  if (stageKind !== 'won') return;
  throw new AppError(
    'failed-precondition',
    'splits: the deal is won and its earnings are posted; only a restatement can change its splits',
    { field: 'splits' },
  );
}

/** The deal's value in minor units of `currency`. @throws AppError invalid-argument: field value */
export function valueInMinorUnits(value: NewDeal['value'], currency: string): number {
  if ('amountMinor' in value) return value.amountMinor;
  const minor = toMinorUnits(value.amountMajor, currency);
  if (minor !== undefined) return minor;
  throw new AppError(
    'invalid-argument',
    `value: ${value.amountMajor} is too large or has more decimals than ${currency} has`,
    { field: 'value' },
  );
}

const HOURS_BEHIND_UTC_OF_THE_LAST_ZONE = 12;

/**
 * Refuses an expected close date that has passed everywhere on Earth; a day that is still today in
 * some time zone is accepted.
 * @throws AppError invalid-argument: field expectedCloseDate
 */
export function requireNotPast(day: Date | null, now: Date): void {
  if (day === null) return;
  const lastToday = new Date(now.getTime() - HOURS_BEHIND_UTC_OF_THE_LAST_ZONE * 3_600_000);
  if (day.toISOString().slice(0, 10) < lastToday.toISOString().slice(0, 10)) {
    throw new AppError(
      'invalid-argument',
      `expectedCloseDate: ${day.toISOString().slice(0, 10)} is in the past; give today or a later day`,
      { field: 'expectedCloseDate' },
    );
  }
}
