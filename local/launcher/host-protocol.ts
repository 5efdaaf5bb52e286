import type { Ports } from './ports.ts';

/** The Firebase emulators a platform may run beside Firestore, which always runs. */
export type FirebaseEmulator = 'auth' | 'functions' | 'hosting' | 'tasks' | 'eventarc';

/** All that the emulator host needs to know, handed over as one JSON argument. */
export interface HostConfig {
  /** The folder with firebase.json. */
  readonly root: string;
  readonly ports: Ports;
  readonly only: readonly FirebaseEmulator[];
  /** Arguments for `java`, the Firestore emulator's class path and options. */
  readonly javaArgs: readonly string[];
  /** An export made by `saveSnapshot`, to take the Auth accounts from. */
  readonly importDir: string | undefined;
  readonly logsDir: string;
  /** The host's home, working and temporary folder, removed at the end. */
  readonly tempDir: string;
  /** Values for the secrets that functions ask for; a `functions/.secret.local` goes before them. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Values for the parameters of functions; the files `functions/.env*` go before them. */
  readonly params: Readonly<Record<string, string>>;
}

/** One line that a tool or a function wrote. */
export interface HostLog {
  readonly type: 'log';
  readonly level: 'info' | 'warn' | 'error';
  /** The emulator that spoke. */
  readonly emulator: string;
  readonly message: string;
  /** Set when a function wrote it. */
  readonly functionName: string | undefined;
  /** The line parsed, when a function wrote a JSON object. */
  readonly entry: Readonly<Record<string, unknown>> | undefined;
}

export type HostMessage =
  | HostLog
  | { readonly type: 'progress'; readonly text: string }
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly reason: string };
