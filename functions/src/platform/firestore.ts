import { type App, getApps, initializeApp } from 'firebase-admin/app';
import { type Auth, getAuth } from 'firebase-admin/auth';
import { type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';

const DEFAULT_APP = '[DEFAULT]';

/**
 * The process's default Firebase app, made on first use. It need not be the first app: the
 * Functions SDK makes one of its own, under another name, to read what a trigger was given.
 */
export function firebaseApp(): App {
  return getApps().find(({ name }) => name === DEFAULT_APP) ?? initializeApp();
}

/** Firestore of the project the process runs in. */
export function firestore(): Firestore {
  return getFirestore(firebaseApp());
}

/** Firebase Auth of the project the process runs in. */
export function firebaseAuth(): Auth {
  return getAuth(firebaseApp());
}

/** Copies a stored value with each Timestamp as a Date, the form in which all our code handles time. */
export function timestampsToDates(value: unknown): unknown {
  if (value instanceof Timestamp) return value.toDate();
  if (Array.isArray(value)) return value.map(timestampsToDates);
  if (isMap(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, timestampsToDates(entry)]),
    );
  }
  return value;
}

// Maps alone are copied: a DocumentReference, say, holds the whole client.
function isMap(value: unknown): value is object {
  return (
    value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
  );
}
