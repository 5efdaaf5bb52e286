import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { changeRecord, requireVersion } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { orgs } from './orgs.repository.ts';
import type { Org, OrgChange } from './orgs.schema.ts';

type Caller = Context<Principal>;

/** The organisation. One billed read. */
export function getOrg(unit: UnitOfWork): Promise<Stored<Org>> {
  return unit.get(orgs, unit.orgId);
}

/** The currency of amounts that name none. One billed read. */
export async function getOrgCurrency(unit: UnitOfWork): Promise<string> {
  return (await getOrg(unit)).currency;
}

/** The caller's organisation. @throws AppError permission-denied */
export async function readOrg(ctx: Caller): Promise<Stored<Org>> {
  requireOrgAccess(ctx.principal, 'read', 'org');
  return getOrg(openUnit(ctx, ctx.principal.orgId));
}

/**
 * Renames the organisation, or changes its industry or time zone. Days that were counted and periods
 * of pay that began in another zone stay as they are.
 * @throws AppError permission-denied, conflict (version)
 */
export async function changeOrg(
  ctx: Caller,
  { version, ...patch }: OrgChange,
): Promise<Stored<Org>> {
  const { principal, now } = ctx;
  requireOrgAccess(principal, 'update', 'org');
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const org = await getOrg(unit);
    requireVersion(org, version);
    return changeRecord(unit, orgs, org, patch, { actor: principal.uid, now });
  });
}
