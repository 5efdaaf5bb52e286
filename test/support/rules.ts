import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { initializeTestEnvironment, type RulesTestEnvironment } from '@firebase/rules-unit-testing';
import { afterAll, beforeAll } from '@jest/globals';
import { deleteApp, type FirebaseApp, initializeApp } from 'firebase/app';
import {
  connectFirestoreEmulator,
  type Firestore,
  getFirestore,
  setLogLevel,
} from 'firebase/firestore';
import { addressOf, platformSetting } from './platform.ts';

export const RULES_FILE = path.resolve(import.meta.dirname, '../../firestore.rules');

/** Firestore as the web client of somebody, or of nobody, sees it through the rules. */
export type ClientStore = Firestore;
export type StoreOf = (person: { readonly uid: string } | undefined) => ClientStore;

/**
 * Gives a test file web clients: `const storeOf = useClients()`. The rules of this checkout are
 * loaded first; the platform has the same ones unless they were edited after it started.
 */
export function useClients(): StoreOf {
  const projectId = platformSetting('GCLOUD_PROJECT');
  const firestore = addressOf('FIRESTORE_EMULATOR_HOST');
  const apps = new Map<string, FirebaseApp>();
  let environment: RulesTestEnvironment | undefined;

  beforeAll(async () => {
    // The SDK would log each refusal that a test asks for.
    setLogLevel('silent');
    const rules = await readFile(RULES_FILE, 'utf8');
    environment = await initializeTestEnvironment({
      projectId,
      firestore: { ...firestore, rules },
    });
  });
  afterAll(async () => {
    await Promise.all([...apps.values()].map((app) => deleteApp(app)));
    await environment?.cleanup();
  });

  return (person) => {
    const name = person?.uid ?? 'anonymous';
    const known = apps.get(name);
    if (known !== undefined) return getFirestore(known);
    const app = initializeApp({ projectId }, name);
    apps.set(name, app);
    const store = getFirestore(app);
    connectFirestoreEmulator(store, firestore.host, firestore.port, {
      ...(person === undefined ? {} : { mockUserToken: { sub: person.uid } }),
    });
    return store;
  };
}
