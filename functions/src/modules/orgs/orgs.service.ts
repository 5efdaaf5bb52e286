import type { Stored } from '../../platform/collection.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { orgs } from './orgs.repository.ts';
import type { Org } from './orgs.schema.ts';

/** The organisation. One billed read. */
export function getOrg(unit: UnitOfWork): Promise<Stored<Org>> {
  return unit.get(orgs, unit.orgId);
}

/** The currency of amounts that name none. One billed read. */
export async function getOrgCurrency(unit: UnitOfWork): Promise<string> {
  return (await getOrg(unit)).currency;
}
