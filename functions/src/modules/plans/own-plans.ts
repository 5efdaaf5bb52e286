import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { choosePlan, isOverride, type PlanHolder } from './choose-plan.ts';
import type { PlanVersion } from './plans.schema.ts';
import { listPlansInUse } from './plans.service.ts';

/** A version that somebody earns by, with the rules of one component alone. */
export interface OwnPlan {
  readonly component: 'split' | 'override';
  readonly version: PlanVersion;
}

/**
 * The versions in force that the caller earns by: that of their splits, and a manager's override.
 * What others have is not in it; an API key earns nothing. One billed read.
 */
export async function listOwnPlans({
  principal,
  store,
  now,
}: Context<Principal>): Promise<OwnPlan[]> {
  const { kind, orgId, uid, teamId, role, managedTeamIds } = principal;
  if (kind !== 'user') return [];
  const versions = await listPlansInUse(openUnit({ store }, orgId));
  const manages = role === 'manager' && managedTeamIds.length > 0;
  const components = manages ? (['split', 'override'] as const) : (['split'] as const);
  return components.flatMap((component) =>
    versionsFor(versions, now, { uid, teamId }, component).map((version) => ({
      component,
      version: {
        ...version,
        rules: version.rules.filter((rule) => isOverride(rule) === (component === 'override')),
      },
    })),
  );
}

/** Stands for every currency that no plan is made for. */
const ANY_OTHER_CURRENCY = '';

/** Deals in different currencies can be won on different plans. */
function versionsFor(
  versions: readonly PlanVersion[],
  at: Date,
  person: PlanHolder,
  kind: OwnPlan['component'],
): PlanVersion[] {
  const currencies = versions.map(({ currency }) => currency ?? ANY_OTHER_CURRENCY);
  const chosen = [...new Set([...currencies, ANY_OTHER_CURRENCY])].map((currency) =>
    choosePlan(versions, at, person, { kind, currency }),
  );
  return [...new Set(chosen)].flatMap((version) => version ?? []);
}
