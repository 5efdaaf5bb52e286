export { contactKind } from './contacts.kind.ts';
export { contacts } from './contacts.repository.ts';
export {
  addContact,
  createContact,
  getContact,
  updateContact,
} from './contacts.service.ts';
export { contactType } from './contacts.type.ts';
export { moveMembership, putMembership } from './memberships.policy.ts';
