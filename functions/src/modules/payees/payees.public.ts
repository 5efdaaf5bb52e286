export { payeeHandlers } from './payee-handlers.ts';
export { stateOf } from './payees.policy.ts';
export { allAccounts, payees } from './payees.repository.ts';
export { syncAccount } from './sync-account.ts';
