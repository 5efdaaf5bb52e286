export { isAllowed, policy } from './access.policy.ts';
export { type Explanation, explainAccess, explainInactive } from './explain-access.ts';
export { orgWide, requireAccess, requireCreate, requireOrgAccess } from './require-access.ts';
export { whereVisible } from './visibility.repository.ts';
