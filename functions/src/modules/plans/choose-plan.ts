import type { PlanRule, PlanVersion } from './plans.schema.ts';

/** Somebody who may have a plan. */
export interface PlanHolder {
  readonly uid: string;
  readonly teamId: string | null;
}

/**
 * The version that a person earns by: of the plans in force at `at` that have rules of the kind
 * asked for and are for the person and for deals of the currency, the one for the person by name,
 * else for the team, else for everybody; of several such the one published last.
 */
export function choosePlan(
  versions: readonly PlanVersion[],
  at: Date,
  person: PlanHolder,
  { kind, currency }: { readonly kind: 'split' | 'override'; readonly currency: string },
): PlanVersion | undefined {
  return inForce(versions, at)
    .filter((version) => version.currency === null || version.currency === currency)
    .filter(({ rules }) =>
      rules.some((rule) => (rule.kind === 'override') === (kind === 'override')),
    )
    .map((version) => ({ version, specificity: specificityOf(version, person) }))
    .filter(({ specificity }) => specificity > 0)
    .toSorted(
      (a, b) =>
        b.specificity - a.specificity ||
        b.version.publishedAt.getTime() - a.version.publishedAt.getTime() ||
        (a.version.planId < b.version.planId ? -1 : 1),
    )
    .at(0)?.version;
}

/** The version of each plan that holds at an instant: the highest number whose time it is. */
export function inForce(versions: readonly PlanVersion[], at: Date): PlanVersion[] {
  const held = new Map<string, PlanVersion>();
  for (const version of versions) {
    const { planId, number, effectiveFrom, effectiveTo } = version;
    const isInForce = effectiveFrom <= at && (effectiveTo === null || at < effectiveTo);
    if (isInForce && number > (held.get(planId)?.number ?? 0)) held.set(planId, version);
  }
  return [...held.values()];
}

function specificityOf({ assignment }: PlanVersion, { uid, teamId }: PlanHolder): number {
  if (assignment.userIds.includes(uid)) return 3;
  if (teamId !== null && assignment.teamIds.includes(teamId)) return 2;
  return assignment.everyone ? 1 : 0;
}

/** True when any version has a rule for managers, which is what their names are looked up for. */
export function hasOverrides(versions: readonly PlanVersion[]): boolean {
  return versions.some(({ rules }) => rules.some(isOverride));
}

export function isOverride(rule: PlanRule): rule is Extract<PlanRule, { kind: 'override' }> {
  return rule.kind === 'override';
}
