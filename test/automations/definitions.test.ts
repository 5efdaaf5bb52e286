import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ActiveWorkflow,
  findActiveByTrigger,
} from '../../functions/src/modules/automations/automations.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { as, essence, idsIn } from '../support/as.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { listIn, textIn } from '../support/request.ts';
import {
  dealWorkflow,
  listenersOf,
  vipNotification,
  WorkflowTriggers,
  workflowOf,
} from './support.ts';

let org: Organisation;
beforeEach(async () => {
  org = await createOrganisation();
});

describe("the contract's requests", () => {
  it('make a workflow', async () => {
    const { status, body } = await as(org.admin, 'POST /api/workflows', vipNotification);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ id: expect.any(String), name: 'VIP Contact Notification', status: 'ACTIVE' },
      createdAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
      ...{ warnings: [], version: 1, latestVersion: 1, activeVersion: 1 },
    });
    const id = textIn(body, 'id');
    expect(await listenersOf(org.orgId)).toEqual([
      {
        ...{ id, kind: 'workflow', types: ['contact.tag_added'] },
        settings: {
          ...{ version: 1, timeZone: 'UTC', waitsFor: [], isStarting: true },
          trigger: { kind: 'event', types: ['contact.tag_added'] },
          condition: { all: vipNotification.conditions },
        },
      },
    ]);
    expect(await stored(org.orgId, `workflowVersions/${id}_1`)).toMatchObject({
      ...{ workflowId: id, number: 1, createdBy: org.admin.uid },
      definition: { steps: [{ id: 'step1', ...vipNotification.actions[0] }] },
    });
  });

  it('list them by status, in the shape that is documented', async () => {
    const welcome = {
      ...{ name: 'Welcome New Contacts', trigger: 'CONTACT_CREATED', conditions: [] },
      actions: [
        { type: 'SEND_SMS', config: { message: 'Welcome! Thanks for joining us.' } },
        { type: 'ADD_TAG', config: { tag: 'New Contact' } },
      ],
    };
    const id = await workflowOf(org.admin, { ...welcome, status: 'ACTIVE' });
    const draft = await workflowOf(org.admin, { ...welcome, name: 'Draft' });
    await Promise.all(
      ['e1', 'e2', 'e3'].map((event) =>
        firestore().doc(`orgs/${org.orgId}/runs/${id}_${event}`).set({ workflowId: id }),
      ),
    );
    const { status, body } = await as(org.admin, 'GET /api/workflows?status=ACTIVE');
    expect(status).toBe(200);
    expect(listIn(body, 'workflows')).toMatchObject([
      {
        ...{ id, ...welcome, status: 'ACTIVE', executionCount: 3, createdAt: expect.any(String) },
      },
    ]);
    const all = await as(org.admin, 'GET /api/workflows');
    expect(idsIn(listIn(all.body, 'workflows'))).toEqual([draft, id]);
    expect(listIn(all.body, 'workflows')[0]).toMatchObject({ executionCount: 0, status: 'DRAFT' });
  });

  it('are paged', async () => {
    for (const name of ['a', 'b', 'c']) await workflowOf(org.admin, { ...dealWorkflow(), name });
    const first = await as(org.admin, 'GET /api/workflows?limit=2');
    const cursor = textIn(first.body, 'nextCursor');
    const second = await as(org.admin, `GET /api/workflows?limit=2&cursor=${cursor}`);
    expect([...listIn(first.body, 'workflows'), ...listIn(second.body, 'workflows')]).toMatchObject(
      [...[{ name: 'c' }, { name: 'b' }, { name: 'a' }]],
    );
  });
});

describe('a workflow', () => {
  it('goes from draft to active, paused and archived, with an event each', async () => {
    const triggers = new WorkflowTriggers(org.orgId);
    const id = await workflowOf(org.admin, dealWorkflow());
    expect(await triggers.follow(id)).toEqual(['workflow.created']);
    expect(await listenersOf(org.orgId)).toEqual([]);

    const activated = await as(org.admin, `POST /api/workflows/${id}/activate`);
    expect(activated.body).toMatchObject({ status: 'ACTIVE', activeVersion: 1, version: 2 });
    expect(await triggers.follow(id)).toEqual(['workflow.activated', 'workflow.published']);
    expect(await listenersOf(org.orgId)).toMatchObject([{ id, settings: { version: 1 } }]);

    const edited = { steps: [{ id: 'stop', type: 'STOP', config: {} }] };
    const { definition } = dealWorkflow(edited);
    const changed = await as(org.admin, `PATCH /api/workflows/${id}`, { definition, version: 2 });
    expect(changed.body).toMatchObject({ latestVersion: 2, activeVersion: 1, status: 'ACTIVE' });
    expect(await triggers.follow(id)).toEqual(['workflow.updated']);
    // What runs is still the first version.
    expect(await listenersOf(org.orgId)).toMatchObject([{ settings: { version: 1 } }]);
    expect((await as(org.admin, `GET /api/workflows/${id}`)).body).toMatchObject({
      ...{ shownVersion: 1, definition: dealWorkflow().definition },
      draft: { number: 2, definition },
    });

    await as(org.admin, `POST /api/workflows/${id}/activate`);
    expect(await triggers.follow(id)).toEqual(['workflow.published']);
    expect(await listenersOf(org.orgId)).toMatchObject([{ id, settings: { version: 2 } }]);

    const paused = await as(org.admin, `POST /api/workflows/${id}/pause`);
    expect(paused.body).toMatchObject({ status: 'PAUSED', activeVersion: 2 });
    expect(await triggers.follow(id)).toEqual(['workflow.paused']);
    expect(await listenersOf(org.orgId)).toEqual([]);

    // Back to what ran at first.
    const back = { workflowVersion: 1 };
    await as(org.admin, `POST /api/workflows/${id}/activate`, back);
    expect(await triggers.follow(id)).toEqual(['workflow.activated', 'workflow.published']);
    expect(await listenersOf(org.orgId)).toMatchObject([{ settings: { version: 1 } }]);

    const archived = await as(org.admin, `POST /api/workflows/${id}/archive`);
    expect(archived.body).toMatchObject({ status: 'ARCHIVED' });
    expect(await triggers.follow(id)).toEqual(['workflow.archived']);
    expect(await listenersOf(org.orgId)).toEqual([]);
    for (const [verb, body] of [['activate'], ['pause'], ['', { name: 'x' }]] as const) {
      const line = verb === '' ? `PATCH /api/workflows/${id}` : `POST /api/workflows/${id}/${verb}`;
      expect(await as(org.admin, line, body)).toMatchObject({ status: 422 });
    }
  });

  it('keeps every version as it was', async () => {
    const id = await workflowOf(org.admin, dealWorkflow());
    const { definition } = dealWorkflow({ trigger: { kind: 'event', types: ['deal.lost'] } });
    await as(org.admin, `PATCH /api/workflows/${id}`, { definition });
    // The same again is no new version.
    const same = await as(org.admin, `PATCH /api/workflows/${id}`, { definition });
    expect(same.body).toMatchObject({ latestVersion: 2, version: 2 });
    const { body } = await as(org.admin, `GET /api/workflows/${id}/versions`);
    expect(listIn(body, 'versions')).toMatchObject([
      { number: 2, definition, createdBy: org.admin.uid },
      { number: 1, definition: dealWorkflow().definition },
    ]);
  });

  it('is changed in the words of the contract, too, and by its present version alone', async () => {
    const id = await workflowOf(org.admin, vipNotification);
    const { name, ...form } = vipNotification;
    const changed = { trigger: 'DEAL_WON', actions: form.actions };
    const refused = await as(org.admin, `PATCH /api/workflows/${id}`, { name, version: 7 });
    expect(refused).toMatchObject({ status: 409 });
    expect((await as(org.admin, `PATCH /api/workflows/${id}`, changed)).body).toMatchObject({
      ...{ latestVersion: 2, activeVersion: 1 },
    });
    const renamed = await as(org.admin, `PATCH /api/workflows/${id}`, { name: 'VIPs' });
    expect(renamed.body).toMatchObject({ name: 'VIPs', latestVersion: 2, version: 3 });
  });

  it('hears what its runs wait for, those of the version before included', async () => {
    const waiting = (id: string, untilEvent: string[]) => ({
      ...{ id, type: 'WAIT', config: { untilEvent, timeoutMinutes: 60 } },
    });
    const id = await workflowOf(org.admin, {
      ...dealWorkflow({ steps: [waiting('reply', ['message.received'])] }),
      status: 'ACTIVE',
    });
    expect(await listenersOf(org.orgId)).toMatchObject([
      {
        types: ['deal.won', 'message.received'],
        settings: { waitsFor: ['message.received'] },
      },
    ]);
    const { definition } = dealWorkflow({ steps: [waiting('paid', ['deal.paid'])] });
    await as(org.admin, `PATCH /api/workflows/${id}`, { definition });
    await as(org.admin, `POST /api/workflows/${id}/activate`);
    expect(await listenersOf(org.orgId)).toMatchObject([
      { types: ['deal.won', 'deal.paid', 'message.received'] },
    ]);
  });

  it('that starts by the clock listens to nothing and is found by its trigger', async () => {
    const trigger = { kind: 'stalled', days: 14 };
    const id = await workflowOf(org.admin, { ...dealWorkflow({ trigger }), status: 'ACTIVE' });
    expect(await listenersOf(org.orgId)).toEqual([]);
    const { store } = startInvocation('test');
    const all: ActiveWorkflow[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof findActiveByTrigger>> = await findActiveByTrigger(
        store,
        'stalled',
        after === null ? { limit: 2 } : { limit: 2, after },
      );
      all.push(...page.found);
      after = page.next;
    } while (after !== null);
    const own = all.filter(({ orgId }) => orgId === org.orgId);
    expect(own).toMatchObject([{ workflow: { id, activeVersion: 1, activeTrigger: 'stalled' } }]);
    await as(org.admin, `POST /api/workflows/${id}/pause`);
    expect(await stored(org.orgId, `workflows/${id}`)).toMatchObject({ activeTrigger: null });
  });
});

describe('side by side', () => {
  it('two activations are one', async () => {
    const id = await workflowOf(org.admin, dealWorkflow());
    const line = `POST /api/workflows/${id}/activate`;
    const answers = await Promise.all([1, 2, 3, 4].map(() => as(org.admin, line)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await stored(org.orgId, `workflows/${id}`)).toMatchObject({ version: 2 });
    expect(await listenersOf(org.orgId)).toHaveLength(1);
  });

  it('the activations of several workflows all hold', async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5].map(() => workflowOf(org.admin, dealWorkflow())));
    await Promise.all(ids.map((id) => as(org.admin, `POST /api/workflows/${id}/activate`)));
    const heard = (await listenersOf(org.orgId)).map(({ id }) => id);
    expect(heard.toSorted()).toEqual(ids.toSorted());
  });

  it('activation and archiving leave one state, which the book shares', async () => {
    const id = await workflowOf(org.admin, dealWorkflow());
    await Promise.all([
      as(org.admin, `POST /api/workflows/${id}/activate`),
      as(org.admin, `POST /api/workflows/${id}/archive`),
    ]);
    const { status } = (await stored(org.orgId, `workflows/${id}`)) ?? {};
    expect(status).toBe('ARCHIVED');
    expect(await listenersOf(org.orgId)).toEqual([]);
  });

  it('repeated requests make one workflow', async () => {
    const key = { 'Idempotency-Key': 'make-it-once' };
    const send = () => as(org.admin, 'POST /api/workflows', vipNotification, key);
    const answers = [...(await Promise.all([send(), send()])), await send()];
    expect(new Set(answers.map(({ body }) => textIn(body, 'id'))).size).toBe(1);
    expect(await listenersOf(org.orgId)).toHaveLength(1);
    const other = { ...vipNotification, name: 'Another' };
    expect(await as(org.admin, 'POST /api/workflows', other, key)).toMatchObject({ status: 422 });
  });
});

describe('whoever is no administrator of the organisation', () => {
  let id: string;
  const lines = (workflowId: string): (readonly [string, object?])[] => [
    [`GET /api/workflows/${workflowId}`],
    [`GET /api/workflows/${workflowId}/versions`],
    [`PATCH /api/workflows/${workflowId}`, { name: 'Mine' }],
    [`POST /api/workflows/${workflowId}/activate`],
    [`POST /api/workflows/${workflowId}/pause`],
    [`POST /api/workflows/${workflowId}/archive`],
  ];
  const general: (readonly [string, object?])[] = [
    ['GET /api/workflows'],
    ['POST /api/workflows', vipNotification],
    ['GET /api/workflows/operators'],
    ['GET /api/workflows/templates'],
    ['POST /api/workflows/templates/no-show', {}],
  ];
  beforeEach(async () => {
    id = await workflowOf(org.admin, dealWorkflow());
  });

  it('is refused', async () => {
    for (const person of [org.manager, org.rep]) {
      for (const [line, body] of [...lines(id), ...general]) {
        expect([line, (await as(person, line, body)).status]).toEqual([line, 403]);
      }
    }
  });

  it('learns nothing of it from another organisation', async () => {
    const other = await createOrganisation();
    for (const [index, [line, body]] of lines(id).entries()) {
      const [foreign, absent] = [
        await as(other.admin, line, body),
        await as(other.admin, lines('nowhere')[index]?.[0] ?? '', body),
      ];
      expect([line, foreign.status]).toEqual([line, 404]);
      expect(essence(foreign, id)).toBe(essence(absent, 'nowhere'));
    }
    expect(await stored(org.orgId, `workflows/${id}`)).toMatchObject({ version: 1 });
  });
});

describe('templates', () => {
  let shared: Organisation;
  beforeAll(async () => {
    shared = await createOrganisation();
  });

  it.each(['speed-to-lead', 'stalled-deal', 'won-hand-over', 'no-show'])(
    '%s runs as it is',
    async (template) => {
      const line = `POST /api/workflows/templates/${template}`;
      const { status, body } = await as(shared.admin, line, { status: 'ACTIVE' });
      expect([status, body]).toMatchObject([201, { status: 'ACTIVE', warnings: [] }]);
      const { body: list } = await as(shared.admin, 'GET /api/workflows/templates');
      const listed = listIn(list, 'templates').find((one) => textIn(one, 'id') === template);
      const { body: shown } = await as(shared.admin, `GET /api/workflows/${textIn(body, 'id')}`);
      expect(shown).toMatchObject({
        definition: (listed as { definition: object }).definition,
        name: textIn(listed, 'name'),
      });
    },
  );

  it('are drafts by a name of their own, when that is wanted', async () => {
    const line = 'POST /api/workflows/templates/no-show';
    expect((await as(shared.admin, line, { name: 'Missed' })).body).toMatchObject({
      ...{ name: 'Missed', status: 'DRAFT' },
    });
    expect(await as(shared.admin, 'POST /api/workflows/templates/none')).toMatchObject({
      status: 404,
    });
  });
});
