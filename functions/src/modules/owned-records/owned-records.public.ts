export { type ListPage, listOwned } from './list-owned.ts';
export { chooseFields, joinRecords, requireFits, union } from './merge.ts';
export { nameOwnedChanges } from './owned-events.ts';
export { ownedIndexes } from './owned-records.repository.ts';
export {
  binOwned,
  changeTagsOfOwned,
  claimFor,
  getOwned,
  ownerAfter,
  ownerOfNew,
  restoreOwned,
  saveChange,
  saveNew,
} from './owned-records.service.ts';
export { audienceOf, type OwnedRecord, type OwnedType } from './owned-type.ts';
