import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { sealEvent } from '../../functions/src/modules/events/events.public.ts';
import { getTimeline } from '../../functions/src/modules/timeline/timeline.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { as, made } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';

let org: Organisation;
let elsewhere: Organisation;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
});

const pageSchema = z.object({ nextCursor: z.string().nullable() });

const second = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, n));
const put = (path: string, data: object) => firestore().doc(`orgs/${org.orgId}/${path}`).set(data);

/** A stored event of a record, as its trigger would have written it. */
function eventOf(recordType: string, recordId: string, version: number, at: Date) {
  const event = sealEvent({
    ...{ ownerId: org.rep.uid, teamId: null, participantIds: [org.rep.uid] },
    ...{ recordType, recordId, version, types: [`${recordType}.updated`], actor: org.rep.uid, at },
    ...{ before: { title: 'A' }, after: { title: 'B' }, cause: null, recovered: false },
  });
  return put(`events/${recordId}_${version}`, event);
}

function aboutOf(kind: 'notes' | 'tasks' | 'activities', recordId: string, at: Date, id = newId()) {
  return put(`${kind}/${id}`, {
    ...{ version: 1, createdAt: at, createdBy: org.rep.uid, updatedAt: at, updatedBy: org.rep.uid },
    ...{ cause: null, recordType: 'deal', recordId, ownerId: org.rep.uid, teamId: null },
    deletedAt: null,
    ...{
      notes: { text: 'A', pinned: false },
      tasks: {
        ...{ title: 'A', description: null, dueAt: null, priority: 'normal', done: false },
        doneAt: null,
      },
      activities: {
        ...{ type: 'call', subject: 'A', body: null, occurredAt: at, durationMinutes: null },
      },
    }[kind],
  });
}

const timeline = (person: Organisation['rep'], recordId: string, query = '', recordType = 'deal') =>
  as(person, `GET /api/timeline?recordType=${recordType}&recordId=${recordId}${query}`);

/** Deals come with their first event recorded, so that a running trigger adds none. */
async function freshDeal(at = second(0)): Promise<string> {
  const id = newId();
  await eventOf('deal', id, 1, at);
  return storeDeal(org.orgId, dealOf(org.rep.principal), id);
}

describe('GET /api/timeline', () => {
  it('merges events, activities, notes and tasks, newest first', async () => {
    const id = await freshDeal();
    await Promise.all([
      aboutOf('notes', id, second(4)),
      aboutOf('tasks', id, second(2)),
      aboutOf('activities', id, second(3)),
      eventOf('deal', id, 2, second(1)),
    ]);
    const { status, body } = await timeline(org.rep, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [
        { kind: 'note', at: second(4).toISOString(), note: { text: 'A', authorId: org.rep.uid } },
        { kind: 'activity', at: second(3).toISOString(), activity: { subject: 'A' } },
        { kind: 'task', at: second(2).toISOString(), task: { title: 'A' } },
        { kind: 'event', at: second(1).toISOString(), event: { id: `${id}_2`, version: 2 } },
        { kind: 'event', event: { types: ['deal.updated'], before: { title: 'A' } } },
      ],
      nextCursor: null,
    });
  });

  it.each([
    ['event', 2],
    ['activity', 1],
    ['note', 2],
    ['task', 0],
    ['appointment', 0],
    ['message', 0],
  ])('of one kind alone: %s', async (kind, count) => {
    const id = await freshDeal();
    await Promise.all([
      ...[3, 4].map((at) => aboutOf('notes', id, second(at))),
      aboutOf('activities', id, second(2)),
      eventOf('deal', id, 2, second(1)),
    ]);
    const found: unknown[] = [];
    let cursor: string | null = null;
    do {
      const at: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await timeline(org.rep, id, `&kind=${kind}&limit=1${at}`);
      found.push(...listIn(body, 'items'));
      cursor = pageSchema.parse(body).nextCursor;
    } while (cursor !== null);
    expect(found).toEqual(Array.from({ length: count }, () => expect.objectContaining({ kind })));
  });

  it('leaves out what is in the bin and what is about others', async () => {
    const [id, other] = await Promise.all([freshDeal(), freshDeal()]);
    await aboutOf('notes', other, second(1));
    const note = await as(org.rep, 'POST /api/notes', {
      ...{ recordType: 'deal', recordId: id, text: 'Gone' },
    });
    await as(org.rep, `DELETE /api/notes/${textIn(note.body, 'id')}`);
    expect(listIn((await timeline(org.rep, id)).body, 'items')).toHaveLength(1);
  });

  it('pages without loss or repeats, however many entries share an instant', async () => {
    const entry = fc.tuple(
      fc.constantFrom('notes' as const, 'tasks' as const, 'activities' as const, 'events' as const),
      fc.integer({ min: 0, max: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 20 }),
        fc.integer({ min: 1, max: 7 }),
        async (entries, limit) => {
          const id = await freshDeal();
          await Promise.all(
            entries.map(([kind, at], n) =>
              kind === 'events'
                ? eventOf('deal', id, n + 2, second(at))
                : aboutOf(kind, id, second(at)),
            ),
          );
          const ctx = contextOf(org.rep.principal);
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await getTimeline(ctx, {
              recordType: 'deal',
              recordId: id,
              limit,
              cursor,
            });
            seen.push(...page.items.map((item) => `${item.at} ${JSON.stringify(item)}`));
            cursor = page.nextCursor ?? undefined;
          } while (cursor !== undefined);
          expect(seen).toHaveLength(entries.length + 1);
          expect(new Set(seen).size).toBe(seen.length);
          const times = seen.map((text) => text.split(' ')[0] ?? '');
          expect(times).toEqual([...times].sort().reverse());
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);

  it('shows a new owner what was before their time, and the former one nothing', async () => {
    const id = await freshDeal();
    await aboutOf('notes', id, second(1));
    expect((await timeline(org.colleague, id)).status).toBe(404);
    await as(org.manager, `PATCH /api/deals/${id}`, { ownerId: org.colleague.uid });
    const { status, body } = await timeline(org.colleague, id);
    expect(status).toBe(200);
    expect(listIn(body, 'items').length).toBeGreaterThanOrEqual(2);
    expect((await timeline(org.rep, id)).status).toBe(404);
    expect((await timeline(org.manager, id)).status).toBe(200);
    expect((await timeline(org.admin, id)).status).toBe(200);
  });

  it('includes the history of a contact that was merged into this one', async () => {
    const [winner, loser] = await Promise.all([
      made(org.rep, 'contacts', { firstName: 'Alice' }),
      made(org.rep, 'contacts', { firstName: 'Alicia' }),
    ]);
    await eventOf('contact', loser, 7, second(5));
    const note = { recordType: 'contact', recordId: loser, text: 'Of the other' };
    const noteId = textIn((await as(org.rep, 'POST /api/notes', note)).body, 'id');
    const merge = await as(org.rep, `POST /api/contacts/${winner}/merge`, { otherId: loser });
    expect(merge.status).toBe(200);
    // The merged one is found where it lives on, and so is what was written about it.
    for (const id of [winner, loser]) {
      const { body } = await timeline(org.rep, id, '', 'contact');
      expect(listIn(body, 'items')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ note: expect.objectContaining({ id: noteId }) }),
          expect.objectContaining({ event: expect.objectContaining({ id: `${loser}_7` }) }),
        ]),
      );
    }
    expect((await as(org.manager, `GET /api/notes/${noteId}`)).status).toBe(200);
    expect((await timeline(org.rep2, loser, '', 'contact')).status).toBe(404);
  });

  it('tells records of different kinds with one id apart', async () => {
    const contact = await made(org.rep2, 'contacts', { firstName: 'Secret' });
    await eventOf('contact', contact, 1, second(1));
    await storeDeal(org.orgId, dealOf(org.rep.principal), contact);
    const { body } = await timeline(org.rep, contact);
    expect(JSON.stringify(body)).not.toContain('contact');
  });

  it('is not there for an absent, foreign or unseen record', async () => {
    const foreign = await storeDeal(elsewhere.orgId, dealOf(elsewhere.rep.principal));
    const unseen = await storeDeal(org.orgId, dealOf(org.rep2.principal));
    for (const id of [newId(), foreign, unseen]) {
      expect((await timeline(org.rep, id)).status).toBe(404);
    }
  });

  it.each([
    ['recordId', 400, 'recordType=deal'],
    ['recordType', 422, 'recordType=user&recordId=a'],
    ['recordId', 422, 'recordType=deal&recordId=a%2Fb'],
    ['cursor', 422, 'recordType=deal&recordId=a&cursor=abc'],
    ['limit', 422, 'recordType=deal&recordId=a&limit=101'],
    ['kind', 422, 'recordType=deal&recordId=a&kind=deal'],
  ])('refuses a bad %s with %d: %s', async (field, status, query) => {
    const answer = await as(org.rep, `GET /api/timeline?${query}`);
    expect(answer).toMatchObject({ status, body: { field } });
  });
});
