import type { Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { addDelivery, taskOf } from './new-delivery.ts';

/** A call that an automation makes, to an address of its own choice. */
export interface NewCall {
  /** Derived from the step that makes it, so that there is one call for it. */
  readonly id: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
  readonly at: Date;
}

/**
 * Writes a call, in the commit of who makes it: it is sent like what subscriptions are sent, with the
 * same attempts, but unsigned, for there is no secret between both sides. One billed write.
 * @returns the task that sends it once it is committed
 */
export function addCall(unit: UnitOfWork, { id, url, headers = {}, body, at }: NewCall): Task {
  const message = {
    kind: 'call',
    url,
    headers: { ...headers },
    body: JSON.stringify(body),
  } as const;
  addDelivery(unit, id, { subscriptionId: null, types: ['automation.call'], message }, at);
  return taskOf(unit.orgId, id, id);
}
