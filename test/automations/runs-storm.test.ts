/**
 * 2,000 events, each trigger told 1 to 8 times, shuffled, by workers that are killed while they work:
 * every effect is there once and none is missing, compared with `plain-automations.ts`.
 */
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import {
  createContact,
  updateContact,
} from '../../functions/src/modules/contacts/contacts.public.ts';
import { createDeal, updateDeal } from '../../functions/src/modules/deals/deals.public.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { DyingMeter, Killed, LostReplyMeter, ReplyLost } from '../support/faults.ts';
import { MemoryFirestore } from '../support/memory-firestore.ts';
import { type Act, BIG_MINOR, expectedOf, stormWorkflows } from './plain-automations.ts';
import { type Asked, type Delivery, MINUTE_MS, RunWorld } from './run-world.ts';

const EVENTS = 2000;
const DEALS = 60;
const CONTACTS = 60;
const WORKERS = 6;
const MOST_DELIVERIES = 8;
const TIMEOUT_MS = 290_000;

jest.setTimeout(TIMEOUT_MS);
const memory = MemoryFirestore.install();
const seed = Number(process.env.SPLITLINE_STORM_SEED ?? Math.floor(Math.random() * 2 ** 31));
const told = { deliveries: 0, kills: 0, lostTasks: 0, sweeps: 0 };

afterAll(() => {
  process.stdout.write(
    `storm of workflows: seed ${seed}, ${told.deliveries} deliveries of triggers, ${told.kills} workers killed, ${told.lostTasks} tasks lost, ${told.sweeps} sweeps\n`,
  );
});

/** Numbers that a seed decides (mulberry32). */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = randomOf(seed);
const below = (limit: number) => Math.floor(random() * limit);
const oneOf = <T>(list: readonly T[]): T => {
  const found = list[below(list.length)];
  if (found === undefined) throw new Error('one of none');
  return found;
};

function makeActs(): Act[] {
  const acts: Act[] = [];
  for (let deal = 0; deal < DEALS; deal += 1) {
    acts.push({ do: 'new deal', deal, valueMinor: below(2 * BIG_MINOR) });
  }
  for (let contact = 0; contact < CONTACTS; contact += 1) {
    acts.push({ do: 'new contact', contact, source: oneOf(['web', 'fair', 'phone']) });
  }
  const values = new Map<number, number>();
  while (expectedOf(acts.slice(-1)).events >= 0 && acts.length < 3 * EVENTS) {
    const [deal, contact] = [below(DEALS), below(CONTACTS)];
    const kind = below(3);
    if (kind === 0) {
      acts.push({ do: 'move', deal, to: oneOf(['QUALIFIED', 'PROPOSAL', 'NEGOTIATION']) });
    } else if (kind === 1) {
      const valueMinor = 1 + below(2 * BIG_MINOR);
      if (values.get(deal) === valueMinor) continue;
      values.set(deal, valueMinor);
      acts.push({ do: 'value', deal, valueMinor, mark: `mark ${acts.length}` });
    } else acts.push({ do: 'title', contact, title: `Title ${below(5)}` });
  }
  // As many as make that number of events: one that changes nothing makes none.
  let end = acts.length;
  for (let step = 4096; step >= 1; step /= 2) {
    while (end - step > 0 && expectedOf(acts.slice(0, end - step)).events >= EVENTS) end -= step;
  }
  return acts.slice(0, end);
}

/** What people did, in the product; `ids` are those of the deals and contacts by their number. */
async function perform(world: RunWorld, act: Act, ids: Map<string, string>): Promise<void> {
  const idOf = (name: string) => ids.get(name) ?? '';
  const owner = world.as('rep1');
  switch (act.do) {
    case 'new deal': {
      const value = { amountMinor: act.valueMinor };
      ids.set(`deal${act.deal}`, (await createDeal(owner, { title: 'Website', value })).id);
      return;
    }
    case 'new contact': {
      const { source } = act;
      ids.set(
        `contact${act.contact}`,
        (await createContact(owner, { firstName: 'Ada', source })).id,
      );
      return;
    }
    case 'move':
      await updateDeal(world.as('admin1'), { dealId: idOf(`deal${act.deal}`), stage: act.to });
      return;
    case 'value': {
      const value = { amountMinor: act.valueMinor };
      const dealId = idOf(`deal${act.deal}`);
      await updateDeal(world.as('admin1'), { dealId, value, description: act.mark });
      return;
    }
    case 'title':
      await updateContact(world.as('admin1'), idOf(`contact${act.contact}`), { title: act.title });
  }
}

/** The meter of an invocation that may be killed, or lose a reply, at one of its calls. */
function fatefulMeter(): Meter {
  const fate = random();
  const call = 1 + below(10);
  if (fate < 0.1) return new DyingMeter(call, 'before');
  if (fate < 0.2) return new DyingMeter(call, 'after');
  return fate < 0.25 ? new LostReplyMeter(call) : new Meter();
}

type Item = { readonly trigger: Delivery } | { readonly task: Asked } | { readonly sweep: true };

/** Deliveries, tasks and sweeps, taken in any order by workers side by side until nothing is left. */
class Storm {
  readonly #world: RunWorld;
  readonly #pool: Item[] = [];
  #isActing = true;

  constructor(world: RunWorld) {
    this.#world = world;
  }

  async rage(acts: readonly Act[], ids: Map<string, string>): Promise<void> {
    const people = async () => {
      for (const [index, act] of acts.entries()) {
        await perform(this.#world, act, ids);
        this.#world.pass(500);
        if (index % 50 === 0) this.#pool.push({ sweep: true });
        // Workers keep pace: what people do is not all done before the first of it is heard.
        while (this.#pool.length > 400) await new Promise((resume) => setImmediate(resume));
      }
      this.#isActing = false;
    };
    await Promise.all([people(), ...Array.from({ length: WORKERS }, () => this.#work())]);
  }

  async #work(): Promise<void> {
    for (;;) {
      this.#fill();
      const item = this.#take();
      if (item !== undefined) await this.#try(item);
      else if (!this.#isActing && this.#world.changes.length + this.#world.asked.length === 0)
        return;
      else await new Promise((resume) => setImmediate(resume));
    }
  }

  #fill(): void {
    for (const trigger of this.#world.changes.splice(0)) {
      const times = 1 + below(MOST_DELIVERIES);
      for (let n = 0; n < times; n += 1) this.#pool.push({ trigger });
    }
    for (const task of this.#world.asked.splice(0)) {
      if (task.queue !== 'runWorkflow') continue;
      if (random() < 0.1) told.lostTasks += 1;
      else this.#pool.push({ task });
    }
  }

  #take(): Item | undefined {
    const index = below(this.#pool.length);
    const item = this.#pool[index];
    const last = this.#pool.pop();
    if (item !== undefined && last !== undefined && item !== last) this.#pool[index] = last;
    return item;
  }

  async #try(item: Item): Promise<void> {
    const meter = fatefulMeter();
    try {
      if ('trigger' in item) {
        told.deliveries += 1;
        await this.#world.deliver(item.trigger, meter);
      } else if ('task' in item) await this.#world.perform(item.task, meter);
      else await this.#world.sweep(meter);
    } catch (error) {
      if (!(error instanceof Killed || error instanceof ReplyLost)) throw error;
      told.kills += 1;
      // Both are delivered at least once; a schedule comes again anyway.
      if (!('sweep' in item)) this.#pool.push(item);
    }
  }
}

describe('a storm of events', () => {
  it('has every effect once, and none is lost', async () => {
    const world = new RunWorld(memory, 'storm');
    await world.company.open();
    const names = new Map<string, string>();
    for (const [name, definition] of Object.entries(stormWorkflows)) {
      names.set(await world.workflow(definition, name), name);
    }
    world.changes.splice(0);
    const acts = makeActs();
    const ids = new Map<string, string>();
    await new Storm(world).rage(acts, ids);
    for (;;) {
      told.sweeps += 1;
      world.pass(10 * MINUTE_MS);
      await world.sweep();
      await world.settle();
      if ((await world.runs()).every(({ nextSendAt }) => nextSendAt === null)) break;
    }
    const nameOf = new Map([...ids].map(([name, id]) => [id, name]));
    expect(await outcomeOf(world, names, nameOf)).toEqual(expectedOf(acts));
    expect((await world.runs()).filter(({ status }) => status !== 'done')).toEqual([]);
    expect(expectedOf(acts).events).toBe(EVENTS);
    await everyRunHasItsOwn(world);
  });
});

/** What is there in the end, in the oracle's words. */
async function outcomeOf(
  world: RunWorld,
  workflowNames: ReadonlyMap<string, string>,
  nameOf: ReadonlyMap<string, string>,
) {
  const record = ({ recordId }: Record<string, unknown>) => nameOf.get(String(recordId)) ?? '?';
  const [runs, notes, tasks] = [
    await world.runs(),
    await world.all('notes'),
    await world.all('tasks'),
  ];
  const [deals, deliveries] = [await world.all('deals'), await world.all('deliveries')];
  const notices = (await world.all('notifications')).filter(({ kind }) => kind === 'workflow');
  const users = (await world.all('events')).filter(({ actor, recordType }) => {
    const isOfWorkflow = String(actor).startsWith('workflow_');
    return !isOfWorkflow && (recordType === 'deal' || recordType === 'contact');
  });
  const runOfMail = (line: string) => runs.find(({ id }) => line.startsWith(`${id}.`));
  const [turn] = await world.all('turns');
  return {
    events: users.length,
    runs: runs
      .map((run) => `${workflowNames.get(run.workflowId)} ${nameOf.get(run.recordId)}`)
      .toSorted(),
    notes: notes.map((note) => `${note.text} ${record(note)}`).toSorted(),
    tasks: tasks.map((task) => `${task.title} ${record(task)}`).toSorted(),
    calls: deliveries.map(markOf).toSorted(),
    notices: notices.map((notice) => `${notice.ownerId} ${record(notice)}`).toSorted(),
    // A mail server is told once more by a worker that was killed before it noted it, by the same id.
    mails: [...new Set(world.mails)]
      .map((line) => nameOf.get(runOfMail(line)?.recordId ?? ''))
      .toSorted(),
    taggedDeals: deals
      .filter(({ tags }) => Array.isArray(tags) && tags.includes('big'))
      .map(({ id }) => nameOf.get(String(id)))
      .toSorted(),
    turns: Number(turn?.taken ?? 0),
  };
}

function markOf(delivery: Record<string, unknown>): string {
  // The event tells what was before and then what is.
  return (
    JSON.stringify(delivery)
      .match(/mark \d+/g)
      ?.at(-1) ?? 'no mark'
  );
}

/** What each run says it has made is there, and is no other run's. */
async function everyRunHasItsOwn(world: RunWorld): Promise<void> {
  const made = (await world.runs()).flatMap(({ log }) =>
    log.flatMap(({ result }) =>
      ['note', 'task'].includes(String(result.recordType)) ? [String(result.recordId)] : [],
    ),
  );
  const there = [...(await world.all('notes')), ...(await world.all('tasks'))].map(({ id }) =>
    String(id),
  );
  expect(new Set(made).size).toBe(made.length);
  expect(made.toSorted()).toEqual(there.toSorted());
}
