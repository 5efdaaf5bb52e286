import type { PlanRule } from '@splitline/functions/contracts';
import type { PlanVersion } from '../../data/plans.ts';
import { formatMoney } from '../../ui/format.ts';

/** Basis points: 1,250 is 12.5%. */
function formatRate(bps: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
    bps / 10_000,
  );
}

/** What a rule pays, in a sentence without its end. */
export function ruleText(rule: PlanRule, currency: string | null, locale?: string): string {
  const money = (minor: number) => formatMoney(minor, currency ?? 'USD', locale);
  const whom = 'role' in rule && rule.role !== null ? ` to whoever is ${rule.role}` : '';
  switch (rule.kind) {
    case 'percent':
      return `${formatRate(rule.rateBps, locale)} of the deal${whom}`;
    case 'fixed':
      return `${money(rule.amountMinor)} for each deal${whom}`;
    case 'override':
      return `${formatRate(rule.rateBps, locale)} on top to the managers of the team`;
    case 'tiers': {
      const tiers = rule.tiers.map(
        ({ fromMinor, rateBps }) => `${formatRate(rateBps, locale)} from ${money(fromMinor)}`,
      );
      const how = rule.mode === 'marginal' ? 'each on its part' : 'on the whole sum';
      return `By what is won in the period, ${how}: ${tiers.join(', ')}${whom}`;
    }
  }
}

/** Whom a version is for. */
export function assignmentText(
  { everyone, teamIds, userIds }: PlanVersion['assignment'],
  nameOf: { readonly team: (id: string) => string; readonly person: (id: string) => string },
): string {
  const names = [
    ...(everyone ? ['everyone'] : []),
    ...teamIds.map((id) => `team ${nameOf.team(id)}`),
    ...userIds.map(nameOf.person),
  ];
  return names.length === 0 ? 'nobody yet' : names.join(', ');
}
