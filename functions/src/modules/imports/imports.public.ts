export { decodeCsv } from './csv.ts';
export { CUSTOM_PREFIX } from './import-fields.ts';
export { importedId, importIndexes, imports, isImportedId } from './imports.repository.ts';
export { getImport, planOf, readRows, type StoredUpload, storeUpload } from './imports.service.ts';
export type { MappedRow } from './map-rows.ts';
export { readDay, readList, readNumber } from './read-cells.ts';
