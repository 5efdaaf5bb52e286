import { moveClaims } from '../modules/claims/claims.public.ts';
import { companies, companyType } from '../modules/companies/companies.public.ts';
import type { Company, MergeCompanies } from '../modules/companies/companies.schema.ts';
import {
  chooseFields,
  getOwned,
  joinRecords,
  ownerAfter,
  requireFits,
  saveChange,
  union,
} from '../modules/owned-records/owned-records.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Context } from '../platform/context.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import { relinkCompany, requireTwo } from './relink.ts';

const chosenFields = [
  'name',
  'industry',
  'phone',
  'website',
  'address',
  'city',
  'state',
  'zipCode',
  'country',
  'size',
  'source',
] as const;

/**
 * Merges another company into this one, in one commit: its people, deals, domains, tags and claims
 * become this one's, and it goes into the bin for good. `mergedFrom` leads a timeline to the
 * history of both.
 * @throws AppError not-found, permission-denied, invalid-argument (otherId), failed-precondition
 * (too many links or values), conflict
 */
export async function mergeCompanies(
  ctx: Context<Principal>,
  companyId: string,
  { otherId, fields = {} }: MergeCompanies,
): Promise<Stored<Company>> {
  requireTwo(companyId, otherId);
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    // One after the other: which of two refusals the caller gets must not depend on timing.
    const company = await getOwned(unit, principal, companyType, companyId, 'update');
    const other = await getOwned(unit, principal, companyType, otherId, 'delete');
    const newOwner = fields.ownerId === 'other' ? other.ownerId : undefined;
    const owner = await ownerAfter(unit, principal, companyType, company, newOwner);
    const { domain } = chooseFields(company, other, ['domain'], fields);
    const domains = [company.domain, other.domain].filter((one) => one !== null);
    const merged = {
      ...company,
      ...chooseFields(company, other, chosenFields, fields),
      ...joinRecords(company, other),
      ...owner,
      domain,
      otherDomains: union(domains, company.otherDomains, other.otherDomains).filter(
        (one) => one !== domain,
      ),
    };
    requireFits(companies, merged);
    await Promise.all([
      relinkCompany(unit, { actor: principal.uid, now }, { fromId: otherId, to: merged }),
      moveClaims(unit, otherId, companyId),
    ]);
    saveChange(unit, companyType, other, { ...other, deletedAt: now, mergedInto: companyId }, ctx);
    return saveChange(unit, companyType, company, merged, ctx);
  });
}
