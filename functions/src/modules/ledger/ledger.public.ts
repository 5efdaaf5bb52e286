export {
  completeEntry,
  isIntact,
  ledger,
  type NewEntry,
  post,
  splits,
  sumAccounts,
} from './ledger.repository.ts';
