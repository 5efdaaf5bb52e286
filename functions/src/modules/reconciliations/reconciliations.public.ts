export { storeReconciliation } from './reconciliations.repository.ts';
