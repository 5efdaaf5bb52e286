import { firestore } from './firestore.ts';
import type { IdempotencyKey } from './idempotency.ts';
import { newId } from './ids.ts';
import { createLog, type Log } from './log.ts';
import { Meter } from './meter.ts';
import type { Cause } from './record.schema.ts';
import { cloudTasks, type Tasks } from './tasks.ts';
import type { Store } from './unit-of-work.ts';

/** What one invocation works with, before anybody has been authenticated. */
export interface Invocation {
  readonly now: Date;
  readonly log: Log;
  readonly store: Store;
  readonly tasks: Tasks;
  readonly newId: () => string;
  readonly idempotency?: IdempotencyKey;
  /** The event that an automation acts on; what it writes carries it on. */
  readonly cause?: Cause;
}

/** Starts an invocation on the real clock, ids and database; its log lines carry `requestId`. */
export function startInvocation(requestId: string): Invocation {
  return {
    now: new Date(),
    log: createLog({ requestId }),
    store: { db: firestore(), meter: new Meter() },
    tasks: cloudTasks,
    newId,
  };
}
