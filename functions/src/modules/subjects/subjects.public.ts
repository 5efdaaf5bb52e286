export { aboutIndexes, whereAbout } from './about-records.repository.ts';
export {
  type AboutKind,
  type AboutRecord,
  aboutAudience,
  binAbout,
  changeAbout,
  createAbout,
  getAbout,
  listAbout,
  restoreAbout,
} from './about-records.service.ts';
export { getSubject, requireReaders, type Subject } from './subjects.service.ts';
