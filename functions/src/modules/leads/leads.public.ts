export { leadKind } from './leads.kind.ts';
export { leads } from './leads.repository.ts';
export { createLead, getLead, updateLead } from './leads.service.ts';
export { leadType } from './leads.type.ts';
