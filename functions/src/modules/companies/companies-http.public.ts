// A door of its own, so that what answers no requests does not load the HTTP packages.
export { companyViewSchema, toCompanyView } from './companies.view.ts';
