export { orgs } from './orgs.repository.ts';
export { getOrg, getOrgCurrency } from './orgs.service.ts';
