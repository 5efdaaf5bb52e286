/** An organisation with workflows, in the memory of the process: its triggers, tasks and clock are the test's. */
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { followers } from '../../functions/src/app/record-triggers.ts';
import {
  activateWorkflow,
  createWorkflow,
  updateWorkflow,
} from '../../functions/src/modules/automations/automations.service.ts';
import { newWorkflowSchema } from '../../functions/src/modules/automations/workflow-inputs.schema.ts';
import { createDeal } from '../../functions/src/modules/deals/deals.public.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import { type Run, runSchema } from '../../functions/src/modules/runs/runs.schema.ts';
import type { Context } from '../../functions/src/platform/context.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import type { Invocation } from '../../functions/src/platform/runtime.ts';
import type { QueueName, Tasks } from '../../functions/src/platform/tasks.ts';
import { driveRuns } from '../../functions/src/workflows/drive-runs.ts';
import { runWorkflow, wakeRuns } from '../../functions/src/workflows/run-workflow.ts';
import type { ActionPorts } from '../../functions/src/workflows/workflow-actions/action.ts';
import { Company } from '../money-model/company.ts';
import type { MemoryFirestore } from '../support/memory-firestore.ts';
import type { Fields, Value } from '../support/memory-values.ts';

/** A change of a document that its trigger is still to be told of. */
export interface Delivery {
  readonly collection: keyof typeof recordKinds;
  readonly recordId: string;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/** A task that was asked for. */
export interface Asked {
  readonly queue: QueueName;
  readonly id: string;
  readonly payload: object;
}

export const MINUTE_MS = 60_000;

/** A step that leaves a note. */
export const note = (id: string, text: string) => ({ id, type: 'CREATE_NOTE', config: { text } });

/** What is done when a deal is created. */
export const onDeal = (steps: object[], more: object = {}) => ({
  trigger: { kind: 'event', types: ['deal.created'] },
  condition: null,
  steps,
  ...more,
});

export class RunWorld implements Tasks {
  readonly company: Company;
  readonly orgId: string;
  /** What triggers are still to be told, in the order it happened. */
  readonly changes: Delivery[] = [];
  /** The tasks that are still to be run. */
  readonly asked: Asked[] = [];
  /** The mails that were sent, by their ids. */
  readonly mails: string[] = [];
  readonly ports: ActionPorts;
  /** What the next mails fail with. */
  mailFault: (() => Error | undefined) | undefined;

  constructor(memory: MemoryFirestore, orgId: string) {
    this.company = new Company(orgId);
    this.orgId = orgId;
    memory.watch((name, before, after) => this.#notice(name, before, after));
    this.ports = {
      email: {
        send: ({ id, to }) => {
          const fault = this.mailFault?.();
          if (fault !== undefined) return Promise.reject(fault);
          this.mails.push(`${id} ${to}`);
          return Promise.resolve();
        },
      },
      messages: undefined,
      openAi: { writeText: () => Promise.resolve({ text: 'Hello', model: 'test' }) },
    };
  }

  get now(): Date {
    return this.company.now;
  }

  /** Creates a deal of a rep. */
  async newDeal(fields: object = {}): Promise<string> {
    const value = { amountMinor: 100_000 };
    const { id } = await createDeal(this.as('rep1'), { title: 'Website', value, ...fields });
    return id;
  }

  /** Lets time go by. */
  pass(ms: number): void {
    this.company.now = new Date(this.company.now.getTime() + ms);
  }

  enqueue(queue: QueueName, id: string, payload: object): Promise<void> {
    this.asked.push({ queue, id, payload });
    return Promise.resolve();
  }

  /** Whoever acts, on a meter of their own. */
  as(uid: string, meter = new Meter()): Context<Principal> {
    return { ...this.company.as(uid), tasks: this, store: { db: firestore(), meter } };
  }

  /** Makes a workflow and lets it run. */
  async workflow(definition: object, name = 'Workflow'): Promise<string> {
    const input = newWorkflowSchema.parse({ name, status: 'ACTIVE', definition });
    const { workflow } = await createWorkflow(this.as('admin1'), input);
    return workflow.id;
  }

  /** Publishes another version of a workflow. */
  async publish(workflowId: string, definition: object): Promise<void> {
    const input = newWorkflowSchema.parse({ name: 'Workflow', definition });
    await updateWorkflow(this.as('admin1'), workflowId, { definition: input.definition });
    await activateWorkflow(this.as('admin1'), workflowId, {});
  }

  /** Tells a trigger of a change. */
  async deliver({ collection, ...change }: Delivery, meter?: Meter): Promise<void> {
    const ctx: Invocation = this.as('admin1', meter);
    const delivery = { orgId: this.orgId, ...change };
    if (collection === 'deals') {
      const recorded = await recordChange(ctx, recordKinds.deals, delivery);
      if (recorded !== undefined) await followers.deals(ctx, recorded);
      return;
    }
    if (collection === 'contacts') {
      const recorded = await recordChange(ctx, recordKinds.contacts, delivery);
      if (recorded !== undefined) await followers.contacts(ctx, recorded);
      return;
    }
    // Each kind is given what its own schema has parsed.
    const record = recordChange as (
      ctx: Invocation,
      kind: object,
      delivery: object,
    ) => Promise<unknown>;
    await record(ctx, recordKinds[collection], delivery);
  }

  /** Runs a task. */
  async perform({ payload }: Asked, meter?: Meter): Promise<void> {
    const { orgId, runId, wakeId } = Object.assign({ orgId: '', runId: '', wakeId: '' }, payload);
    if (wakeId !== '') await wakeRuns(this.as('admin1', meter), this.ports, { orgId, wakeId });
    else if (runId !== '')
      await runWorkflow(this.as('admin1', meter), this.ports, { orgId, runId });
  }

  /** Does all that triggers and tasks are to do, once each. */
  async settle(): Promise<void> {
    for (let rounds = 0; rounds < 1000; rounds += 1) {
      const change = this.changes.shift();
      if (change !== undefined) {
        await this.deliver(change);
        continue;
      }
      const task = this.asked.shift();
      if (task === undefined) return;
      if (task.queue === 'runWorkflow') await this.perform(task);
    }
    throw new Error('the world does not come to rest');
  }

  /** The sweep of each minute. */
  async sweep(meter?: Meter): Promise<number> {
    return driveRuns(this.as('admin1', meter), this.ports);
  }

  /** Lets time go by, and has everything done that is due by then. */
  async passAndSettle(ms: number): Promise<void> {
    this.pass(ms);
    await this.sweep();
    await this.settle();
  }

  async runs(): Promise<(Run & { readonly id: string })[]> {
    const { docs } = await firestore().collection(`orgs/${this.orgId}/runs`).get();
    return docs.map((doc) => ({ id: doc.id, ...runSchema.parse(timestampsToDates(doc.data())) }));
  }

  async run(): Promise<Run & { readonly id: string }> {
    const [only, ...others] = await this.runs();
    if (only === undefined || others.length > 0) throw new Error(`${others.length} more runs`);
    return only;
  }

  async all(collection: string): Promise<Record<string, unknown>[]> {
    const { docs } = await firestore().collection(`orgs/${this.orgId}/${collection}`).get();
    return docs.map((doc) => ({ id: doc.id, ...Object(timestampsToDates(doc.data())) }));
  }

  #notice(name: string, before: Fields | undefined, after: Fields | undefined): void {
    const [orgId, collection = '', recordId = '', ...deeper] =
      name.split('/documents/orgs/')[1]?.split('/') ?? [];
    if (orgId !== this.orgId || deeper.length > 0 || !isRecorded(collection)) return;
    this.changes.push({
      collection,
      recordId,
      before: before && plain(before),
      after: after && plain(after),
    });
  }
}

function isRecorded(collection: string): collection is keyof typeof recordKinds {
  return Object.hasOwn(recordKinds, collection);
}

function plain(fields: Fields): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, plainValue(value)]),
  );
}

function plainValue(value: Value): unknown {
  const { arrayValue, mapValue, timestampValue, integerValue, doubleValue } = value;
  if (arrayValue) return (arrayValue.values ?? []).map(plainValue);
  if (mapValue) return plain(mapValue.fields ?? {});
  if (timestampValue) {
    const { seconds = 0, nanos = 0 } = timestampValue;
    return new Date(Number(seconds) * 1000 + nanos / 1e6);
  }
  const number = integerValue ?? doubleValue;
  if (number !== undefined) return Number(number);
  return value.stringValue ?? value.booleanValue ?? null;
}
