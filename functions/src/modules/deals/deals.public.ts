export { bulkUpdateDeals } from './bulk-deals.ts';
export { dealKind } from './deals.kind.ts';
export { participantsOf, splitsAfterHandOver } from './deals.policy.ts';
export { deals } from './deals.repository.ts';
export { findableOfDeal } from './deals.search.ts';
export {
  addDeal,
  createDeal,
  deleteDeal,
  getDeal,
  listDeals,
  restoreDeal,
} from './deals.service.ts';
export { followContact, followDeal, unlinkCompany, unlinkContact } from './keep-derived.ts';
export { moveDealsOut } from './move-deals-out.ts';
export { moveDealStage, updateDeal } from './update-deal.ts';
