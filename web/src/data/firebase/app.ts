import { type FirebaseApp, initializeApp } from 'firebase/app';
import {
  type Auth,
  browserLocalPersistence,
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeAuth,
} from 'firebase/auth';
import type { RuntimeConfig } from '../runtime-config.ts';

/** The connected project: what the account screens and the workspace are built on. */
export interface Backend {
  readonly app: FirebaseApp;
  readonly auth: Auth;
  readonly emulators: RuntimeConfig['emulators'];
}

/** Connects Auth. Firestore and Functions are connected by the workspace, which is loaded after sign-in. */
export function connect({ firebase, emulators }: RuntimeConfig): Backend {
  const app = initializeApp(firebase);
  // Not getAuth(): that also loads the pop-up and redirect sign-in, which we do not offer.
  const auth = initializeAuth(app, {
    persistence: [indexedDBLocalPersistence, browserLocalPersistence],
  });
  if (emulators !== undefined) {
    const { host, port } = emulators.auth;
    connectAuthEmulator(auth, `http://${host}:${port}`, { disableWarnings: true });
  }
  return { app, auth, emulators };
}
