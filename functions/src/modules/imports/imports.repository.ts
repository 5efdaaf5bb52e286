import { createHash } from 'node:crypto';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import {
  type Import,
  type ImportChunk,
  importChunkSchema,
  importSchema,
} from './imports.schema.ts';

export const imports: Collection<Import> = orgCollection('imports', 'Import', importSchema);

export const importIndexes: readonly CompositeIndex[] = [
  compositeIndex('imports', 'ownerId', 'createdAt desc'),
];

export function importChunks(importId: string): Collection<ImportChunk> {
  return orgCollection(`imports/${importId}/chunks`, 'Import chunk', importChunkSchema);
}

/** The id of the record that a row creates: the same however often the row is done. */
export function importedId(importId: string, row: number): string {
  return createHash('sha256').update(`${importId}\n${row}`).digest('hex').slice(0, 32);
}

/** True for the id of a record that an import made; no other id has that form. */
export function isImportedId(id: string): boolean {
  return /^[0-9a-f]{32}$/.test(id);
}
