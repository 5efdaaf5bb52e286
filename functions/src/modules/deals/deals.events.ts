import { isDeepStrictEqual } from 'node:util';
import { nameTagChanges } from '../tags/tags.public.ts';
import type { Deal } from './deals.schema.ts';

/** What can happen to a deal; an event lists every name that fits, most telling first. */
export const dealEventTypes = [
  'deal.created',
  'deal.deleted',
  'deal.restored',
  'deal.won',
  'deal.lost',
  'deal.reopened',
  'deal.stage_changed',
  'deal.value_changed',
  'deal.reassigned',
  'deal.restated',
  'deal.split_changed',
  'deal.paid',
  'deal.refunded',
  'deal.tag_added',
  'deal.tag_removed',
  'deal.updated',
] as const;
export type DealEventType = (typeof dealEventTypes)[number];

/** Names what happened to a deal between two of its states. */
export function nameDealChanges(before: Deal | undefined, after: Deal): DealEventType[] {
  const kindNames = nameKindChange(before, after);
  if (before === undefined) return ['deal.created', ...kindNames];
  const names: DealEventType[] = [];
  if (before.deletedAt === null && after.deletedAt !== null) names.push('deal.deleted');
  if (before.deletedAt !== null && after.deletedAt === null) names.push('deal.restored');
  names.push(...kindNames);
  if (before.stageId !== after.stageId) names.push('deal.stage_changed');
  if (before.valueMinor !== after.valueMinor || before.currency !== after.currency) {
    names.push('deal.value_changed');
  }
  if (before.ownerId !== after.ownerId) names.push('deal.reassigned');
  if (after.restatement?.dealVersion === after.version) names.push('deal.restated');
  if (!isDeepStrictEqual(before.splits, after.splits)) names.push('deal.split_changed');
  if (after.paidMinor > before.paidMinor) names.push('deal.paid');
  if (after.refundedMinor > before.refundedMinor) names.push('deal.refunded');
  for (const change of nameTagChanges(before.tags, after.tags)) names.push(`deal.${change}`);
  return names.length === 0 ? ['deal.updated'] : names;
}

function nameKindChange(before: Deal | undefined, after: Deal): DealEventType[] {
  if (before?.stageKind === after.stageKind) return [];
  if (after.stageKind === 'won') return ['deal.won'];
  if (after.stageKind === 'lost') return ['deal.lost'];
  return before === undefined ? [] : ['deal.reopened'];
}
