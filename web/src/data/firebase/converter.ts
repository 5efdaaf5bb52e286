import { Timestamp } from 'firebase/firestore';
import type { Listed, Schema, Stored } from '../port.ts';

/** The part of the SDK's snapshot that reading needs. */
export interface DocumentRead {
  readonly id: string;
  data(options: { serverTimestamps: 'estimate' }): unknown;
}

/** Firestore's values as our code has them: every Timestamp, however deep, becomes a Date. */
export function timestampsToDates(value: unknown): unknown {
  if (value instanceof Timestamp) return value.toDate();
  if (Array.isArray(value)) return value.map(timestampsToDates);
  if (value === null || typeof value !== 'object') return value;
  // Document references, bytes and geo points are left as they are.
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, timestampsToDates(inner)]),
  );
}

/** The document, or undefined when it is absent or breaks its schema. */
export function readDocument<T extends object>(
  schema: Schema<T>,
  snapshot: DocumentRead,
): Stored<T> | undefined {
  // A write of ours that the server has not confirmed has an estimated time instead of none.
  const parsed = schema.safeParse(
    timestampsToDates(snapshot.data({ serverTimestamps: 'estimate' })),
  );
  return parsed.success ? { ...parsed.data, id: snapshot.id } : undefined;
}

/** The documents of a query; one that breaks its schema is counted and does not hide the others. */
export function readList<T extends object>(
  schema: Schema<T>,
  snapshot: { readonly docs: readonly DocumentRead[] },
): Listed<T> {
  const records = snapshot.docs.flatMap((document) => readDocument(schema, document) ?? []);
  return { records, unreadable: snapshot.docs.length - records.length };
}
