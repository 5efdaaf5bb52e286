import path from 'node:path';

/** A `demo-` project makes every Firebase tool stay offline: it never looks up a real project or credential. */
export const PROJECT_ID = 'demo-splitline';

export const REGION = 'us-central1';

/** One address for everything: `localhost` may mean ::1 for one program and 127.0.0.1 for the next. */
export const HOST = '127.0.0.1';

/** The checkout this launcher belongs to. */
export const ROOT = path.resolve(import.meta.dirname, '../..');
