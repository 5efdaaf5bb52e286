import { beforeAll, describe, expect, it } from '@jest/globals';
import { createCompany } from '../../functions/src/modules/companies/companies.public.ts';
import { createContact } from '../../functions/src/modules/contacts/contacts.public.ts';
import { createLead } from '../../functions/src/modules/leads/leads.public.ts';
import { createNote } from '../../functions/src/modules/notes/notes.public.ts';
import { completeTask, createTask } from '../../functions/src/modules/tasks/tasks.public.ts';
import type { Context } from '../../functions/src/platform/context.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { followTeamStep, handOverStep } from '../../functions/src/workflows/hand-over.ts';
import { as } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { DyingMeter, Killed } from '../support/faults.ts';
import { invocationAt } from '../support/jobs.ts';
import {
  addMember,
  changeMember,
  createOrganisation,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { createTeam, stored } from '../support/people.ts';

const LIMIT = 2;
/** At how many places a hand-over is killed. */
const KILLS = 12;

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

type Step = (ctx: Context<Principal>, cursor: string | null) => ReturnType<typeof handOverStep>;

function contextWith(meter: Meter): Context<Principal> {
  return { ...invocationAt(new Date(), { meter }), principal: org.admin.principal };
}

/** Runs steps to the end, as the job runner would: a step that dies is run again from its cursor. */
async function runToEnd(step: Step, dying?: DyingMeter) {
  const sum = { processed: 0, counted: 0, steps: 0, errors: 0 };
  let cursor: string | null = null;
  for (let attempts = 0; attempts < 100; attempts += 1) {
    const meter = dying === undefined || dying.isDead ? new Meter() : dying;
    try {
      const result = await step(contextWith(meter), cursor);
      cursor = result.cursor;
      sum.steps += 1;
      sum.processed += result.processed;
      sum.errors += result.errors?.length ?? 0;
      sum.counted += Object.values(result.counts ?? {}).reduce((a, b) => a + b, 0);
      if (result.done) return sum;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
  throw new Error('the steps do not end');
}

/** Somebody with records of every kind, open and not. */
async function ownerWithRecords() {
  const { orgId } = org;
  const person = await addMember(orgId, 'leaver', { teamId: org.teams.east });
  const ctx = contextOf(person.principal);
  const deal = (fields: Parameters<typeof dealOf>[1] = {}) =>
    storeDeal(orgId, dealOf(person.principal, fields));
  const splits = [
    { uid: person.uid, shareBps: 4000, role: 'closer' },
    { uid: org.colleague.uid, shareBps: 6000 },
  ];
  const participantIds = [person.uid, org.colleague.uid];
  const others = { stageKind: 'open', splits: [{ uid: org.rep.uid, shareBps: 10_000 }] } as const;
  const { id: recordId } = await createContact(ctx, { firstName: 'Alice' });
  const about = { recordType: 'contact', recordId } as const;
  const newTask = { ...about, description: null, dueAt: null, priority: 'normal' } as const;
  const open = {
    shared: `deals/${await deal({ splits, participantIds })}`,
    unpaid: `deals/${await deal({ ...others, splits: [...others.splits] })}`,
    plain: `deals/${await deal()}`,
    contact: `contacts/${recordId}`,
    task: `tasks/${(await createTask(ctx, { ...newTask, title: 'Call Alice' })).id}`,
    company: `companies/${(await createCompany(ctx, { name: `Acme ${person.uid}` })).id}`,
    lead: `leads/${(await createLead(ctx, { businessName: 'Sunshine Dental' })).id}`,
  };
  const binnedContact = await createContact(ctx, { firstName: 'Binned' });
  await firestore()
    .doc(`orgs/${orgId}/contacts/${binnedContact.id}`)
    .update({ deletedAt: new Date() });
  const convertedLead = await createLead(ctx, { businessName: 'Converted' });
  await firestore().doc(`orgs/${orgId}/leads/${convertedLead.id}`).update({ status: 'CONVERTED' });
  const doneTask = await createTask(ctx, { ...newTask, title: 'Called Alice' });
  await completeTask(ctx, { taskId: doneTask.id, done: true });
  const closed = {
    task: `tasks/${doneTask.id}`,
    note: `notes/${(await createNote(ctx, { ...about, text: 'Nice', pinned: false })).id}`,
    won: `deals/${await deal({ stageKind: 'won', stageKey: 'CLOSED_WON', closedAt: new Date() })}`,
    binned: `deals/${await deal({ deletedAt: new Date() })}`,
    contact: `contacts/${binnedContact.id}`,
    lead: `leads/${convertedLead.id}`,
  };
  return { person, open, closed };
}

const states = (paths: Record<string, string>) =>
  Promise.all(Object.values(paths).map((path) => stored(org.orgId, path)));

function handOverTo(person: Member, to: Member): Step {
  const input = { fromUserId: person.uid, toUserId: to.uid };
  return (ctx, cursor) => handOverStep(ctx, { input, cursor, limit: LIMIT });
}

describe('hand-over', () => {
  it('moves all open records, each one version on, and leaves the others', async () => {
    const { person, open, closed } = await ownerWithRecords();
    const before = await states(closed);
    const sum = await runToEnd(handOverTo(person, org.rep2));
    expect(sum).toMatchObject({ processed: 13, counted: 7, errors: 0 });
    for (const record of await states(open)) {
      expect(record).toMatchObject({
        ...{ ownerId: org.rep2.uid, teamId: org.teams.west },
        ...{ version: 2, updatedBy: org.admin.uid },
      });
    }
    expect(await states(closed)).toEqual(before);
  });

  it('gives the successor the share of the former owner, who takes part no more', async () => {
    const { person, open } = await ownerWithRecords();
    await runToEnd(handOverTo(person, org.rep2));
    expect(await stored(org.orgId, open.shared)).toMatchObject({
      participantIds: [org.rep2.uid, org.colleague.uid],
      splits: [
        { uid: org.rep2.uid, shareBps: 4000, role: 'closer' },
        { uid: org.colleague.uid, shareBps: 6000 },
      ],
    });
    expect(await stored(org.orgId, open.plain)).toMatchObject({
      participantIds: [org.rep2.uid],
      splits: [{ uid: org.rep2.uid, shareBps: 10_000 }],
    });
    expect(await stored(org.orgId, open.unpaid)).toMatchObject({
      participantIds: [org.rep2.uid, org.rep.uid],
      splits: [{ uid: org.rep.uid, shareBps: 10_000 }],
    });
  });

  it('joins the share of the former owner to the one that the successor has', async () => {
    const { person, open } = await ownerWithRecords();
    await runToEnd(handOverTo(person, org.colleague));
    expect(await stored(org.orgId, open.shared)).toMatchObject({
      participantIds: [org.colleague.uid],
      splits: [{ uid: org.colleague.uid, shareBps: 10_000 }],
    });
  });

  it('leaves a deal as a reassignment of that deal would', async () => {
    const { person, open } = await ownerWithRecords();
    const twin = await ownerWithRecords();
    await runToEnd(handOverTo(person, org.rep2));
    const reassigned = await as(org.admin, `PATCH /api/${twin.open.plain}`, {
      ownerId: org.rep2.uid,
    });
    expect(reassigned.status).toBe(200);
    const [handed, changed] = await states({ handed: open.plain, changed: twin.open.plain });
    for (const field of ['ownerId', 'teamId', 'splits', 'participantIds', 'version']) {
      expect(handed?.[field]).toEqual(changed?.[field]);
    }
  });

  it('does nothing the second time', async () => {
    const { person, open } = await ownerWithRecords();
    await runToEnd(handOverTo(person, org.rep2));
    const after = await states(open);
    expect(await runToEnd(handOverTo(person, org.rep2))).toMatchObject({ counted: 0 });
    expect(await states(open)).toEqual(after);
  });

  it('ends when the successor has left meanwhile', async () => {
    const { person, open } = await ownerWithRecords();
    const step = handOverTo(person, org.deactivated);
    await expect(step(contextWith(new Meter()), null)).rejects.toMatchObject({
      code: 'failed-precondition',
    });
    expect(await stored(org.orgId, open.plain)).toMatchObject({ version: 1 });
  });

  it('reports a damaged record and moves the others', async () => {
    const { person, open } = await ownerWithRecords();
    await firestore().doc(`orgs/${org.orgId}/${open.plain}`).update({ title: 7 });
    expect(await runToEnd(handOverTo(person, org.rep2))).toMatchObject({ counted: 6, errors: 1 });
    expect(await stored(org.orgId, open.lead)).toMatchObject({ ownerId: org.rep2.uid });
  });

  it('does nothing twice and loses nothing, wherever it is killed', async () => {
    const { person } = await ownerWithRecords();
    const probe = new DyingMeter(10_000, 'before');
    await runToEnd(handOverTo(person, org.rep2), probe);
    expect(probe.calls).toBeGreaterThan(20);
    const stride = Math.ceil(probe.calls / KILLS);
    for (let call = 1; call <= probe.calls; call += stride) {
      const { person: leaver, open, closed } = await ownerWithRecords();
      const before = await states(closed);
      const dying = new DyingMeter(call, call % 2 === 0 ? 'before' : 'after');
      await runToEnd(handOverTo(leaver, org.rep2), dying);
      expect(dying.isDead).toBe(true);
      for (const record of await states(open)) {
        expect(record).toMatchObject({ ownerId: org.rep2.uid, version: 2 });
      }
      expect(await states(closed)).toEqual(before);
    }
  }, 120_000);

  it('beside a second run still moves each record once', async () => {
    const { person, open } = await ownerWithRecords();
    const sums = await Promise.all([
      runToEnd(handOverTo(person, org.rep2)),
      runToEnd(handOverTo(person, org.rep2)),
    ]);
    expect(sums.reduce((sum, { counted }) => sum + counted, 0)).toBe(7);
    for (const record of await states(open)) expect(record).toMatchObject({ version: 2 });
  });
});

describe('a change of team', () => {
  const follow =
    (userId: string): Step =>
    (ctx, cursor) =>
      followTeamStep(ctx, { input: { userId }, cursor, limit: LIMIT });

  it('takes all records of the person along, closed and binned ones too', async () => {
    const { person, open, closed } = await ownerWithRecords();
    const before = [...(await states(open)), ...(await states(closed))];
    await changeMember(org.orgId, person.uid, { teamId: org.teams.west });
    expect(await runToEnd(follow(person.uid))).toMatchObject({ counted: 13 });
    const after = [...(await states(open)), ...(await states(closed))];
    for (const [index, record] of after.entries()) {
      expect(record).toMatchObject({ ownerId: person.uid, teamId: org.teams.west });
      expect(record?.version).toBe(before[index]?.version + 1);
    }
    expect(await runToEnd(follow(person.uid))).toMatchObject({ counted: 0 });
  });

  it('ends at the newest team, when two changes run side by side', async () => {
    const { person, open } = await ownerWithRecords();
    const third = await createTeam(await org.admin.token(), 'Third');
    await changeMember(org.orgId, person.uid, { teamId: org.teams.west });
    const first = runToEnd(follow(person.uid));
    await changeMember(org.orgId, person.uid, { teamId: third });
    await Promise.all([first, runToEnd(follow(person.uid))]);
    for (const record of await states(open)) expect(record).toMatchObject({ teamId: third });
  });
});
