export { companyKind } from './companies.kind.ts';
export { companies } from './companies.repository.ts';
export {
  addCompany,
  createCompany,
  getCompany,
  updateCompany,
} from './companies.service.ts';
export { companyType } from './companies.type.ts';
export { normaliseDomain } from './domain.ts';
