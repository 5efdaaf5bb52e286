import type { DocumentSnapshot } from 'firebase-admin/firestore';
import type { z } from 'zod';
import { timestampsToDates } from './firestore.ts';

/** A stored document with its id. */
export type Stored<T extends object> = T & { readonly id: string };

/** A collection with the schema of its documents and the place it has for an organisation. */
export interface Collection<T extends object> {
  readonly path: (orgId: string) => string;
  /** What a person calls one of its records, for messages. */
  readonly label: string;
  readonly schema: z.ZodType<T>;
  /** True for what is only ever added to: no use case can change or remove one of its documents. */
  readonly appendOnly?: true;
  /** The field in which Firestore notes when it took a new document in, by its own clock. */
  readonly stampedField?: string;
}

/** Declares the collection `orgs/{orgId}/{name}`. */
export function orgCollection<T extends object>(
  name: string,
  label: string,
  schema: z.ZodType<T>,
): Collection<T> {
  return { path: (orgId) => `orgs/${orgId}/${name}`, label, schema };
}

/** Declares the same for documents that nothing may change once they are there. */
export function appendOnlyCollection<T extends object>(
  name: string,
  label: string,
  schema: z.ZodType<T>,
): Collection<T> {
  return { ...orgCollection(name, label, schema), appendOnly: true };
}

/**
 * A snapshot's document, checked against the schema.
 * @throws ZodError when what is stored breaks the schema: a defect of ours, never of the caller.
 */
export function parseStored<T extends object>(
  collection: Collection<T>,
  snapshot: DocumentSnapshot,
): Stored<T> | undefined {
  if (!snapshot.exists) return undefined;
  const data = collection.schema.parse(timestampsToDates(snapshot.data()));
  return Object.assign(data, { id: snapshot.id });
}
