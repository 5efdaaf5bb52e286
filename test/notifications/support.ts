import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { handOutAlert } from '../../functions/src/modules/notifications/notifications.public.ts';
import type { Notification } from '../../functions/src/modules/notifications/notifications.schema.ts';
import { notificationSchema } from '../../functions/src/modules/notifications/notifications.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { invocationAt, RecordedTasks } from '../support/jobs.ts';
import type { Organisation } from '../support/organisation.ts';

type Kind = keyof typeof recordKinds;

/** One change of a record, as its trigger gets it. */
export interface Change {
  readonly kind: Kind;
  readonly recordId: string;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/** The deliveries of an organisation's records, and what is done with the alerts they leave. */
export class AlertTriggers {
  readonly #orgId: string;
  readonly #states = new Map<string, object | undefined>();

  constructor({ orgId }: Organisation) {
    this.#orgId = orgId;
  }

  /** The change of a record since it was last observed. */
  async observe(kind: Kind, recordId: string): Promise<Change> {
    const path = recordKinds[kind].collection.path(this.#orgId);
    const after = (await firestore().doc(`${path}/${recordId}`).get()).data();
    const before = this.#states.get(recordId);
    this.#states.set(recordId, after);
    return { kind, recordId, before, after };
  }

  /** Delivers a change; answers what that cost, and the tasks that were asked for. */
  async deliver({ kind, recordId, before, after }: Change, now = new Date()) {
    const tasks = new RecordedTasks();
    const meter = new Meter();
    const delivery = { orgId: this.#orgId, recordId, before, after };
    const ctx = invocationAt(now, { tasks, meter });
    switch (kind) {
      case 'tasks':
        await recordChange(ctx, recordKinds.tasks, delivery);
        break;
      case 'messages':
        await recordChange(ctx, recordKinds.messages, delivery);
        break;
      case 'notes':
        await recordChange(ctx, recordKinds.notes, delivery);
        break;
      case 'subscriptions':
        await recordChange(ctx, recordKinds.subscriptions, delivery);
        break;
      case 'disputes':
        await recordChange(ctx, recordKinds.disputes, delivery);
        break;
      case 'users':
        await recordChange(ctx, recordKinds.users, delivery);
        break;
      case 'payouts':
        await recordChange(ctx, recordKinds.payouts, delivery);
        break;
      default:
        await recordChange(ctx, recordKinds.deals, delivery);
    }
    return { tasks: tasks.asked.filter(({ queue }) => queue === 'handOutAlert'), meter };
  }

  /** Delivers the change since the last time, and runs the tasks it asks for. */
  async follow(kind: Kind, recordId: string): Promise<void> {
    const { tasks } = await this.deliver(await this.observe(kind, recordId));
    for (const { id } of tasks) await this.handOut(id);
  }

  async handOut(alertId: string, meter = new Meter()): Promise<Meter> {
    await handOutAlert(invocationAt(new Date(), { meter }), this.#orgId, alertId);
    return meter;
  }
}

/** Everything that people of an organisation were told, in no order. */
export async function toldIn(orgId: string): Promise<(Notification & { readonly id: string })[]> {
  const { docs } = await firestore().collection(`orgs/${orgId}/notifications`).get();
  return docs.map((doc) => ({
    ...notificationSchema.parse(timestampsToDates(doc.data())),
    id: doc.id,
  }));
}

/** Who was told what, in words. */
export async function whoWasTold(orgId: string): Promise<string[]> {
  const told = await toldIn(orgId);
  return told.map(({ ownerId, kind }) => `${kind} ${ownerId}`).sort();
}
