import { beforeAll, describe, expect, it } from '@jest/globals';
import { doc, setDoc, updateDoc } from 'firebase/firestore';
import { editBy, newDealBy, newDirectId } from '../support/client-writes.ts';
import { dealPath } from '../support/deals.ts';
import { awaitEvents } from '../support/events.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { request, textIn } from '../support/request.ts';
import { useClients } from '../support/rules.ts';

// These need the Functions emulator: its triggers make the events that are awaited here.
const storeOf = useClients();
let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

describe('on the running platform', () => {
  it('a deal created and moved by REST yields one event for each version', async () => {
    const token = await org.rep.token();
    const body = { title: 'By REST', value: 50_000 };
    const created = await request('POST /api/deals', { token, body });
    const id = textIn(created.body, 'id');
    const moved = await request(`PATCH /api/deals/${id}/stage`, {
      ...{ token, body: { stage: 'CLOSED_WON' } },
    });
    expect(moved.status).toBe(200);

    const events = await awaitEvents(org.orgId, id, 2);
    expect(events).toMatchObject([
      { id: `${id}_1`, types: ['deal.created'], actor: org.rep.uid, recordType: 'deal' },
      { id: `${id}_2`, types: ['deal.won', 'deal.stage_changed'], actor: org.rep.uid },
    ]);
    expect(events[1]).toMatchObject({
      before: { stageKey: 'LEAD', probability: 10, closedAt: null },
      after: { stageKey: 'CLOSED_WON', probability: 100, closedAt: expect.any(Date) },
    });
  });

  it('a deal written and edited directly yields one event for each version', async () => {
    const id = newDirectId();
    const ref = doc(storeOf(org.rep), dealPath(org.orgId, id));
    await setDoc(ref, newDealBy(org.rep.principal, { title: 'By hand' }));
    await updateDoc(ref, editBy(org.rep, { title: 'By hand, again' }));

    const events = await awaitEvents(org.orgId, id, 2);
    expect(events).toMatchObject([
      { id: `${id}_1`, types: ['deal.created'], actor: org.rep.uid },
      {
        ...{ id: `${id}_2`, types: ['deal.updated'], actor: org.rep.uid },
        ...{ before: { title: 'By hand' }, after: { title: 'By hand, again' } },
      },
    ]);
    expect(events[0]?.after).toMatchObject({ title: 'By hand', ownerId: org.rep.uid });
  });

  it('twenty moves at once yield twenty events, without a gap', async () => {
    const token = await org.rep.token();
    const created = await request('POST /api/deals', { token, body: { title: 'Busy', value: 1 } });
    const id = textIn(created.body, 'id');
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        request(`PATCH /api/deals/${id}/stage`, {
          ...{ token, body: { stage: 'PROPOSAL', probability: index } },
        }),
      ),
    );
    const events = await awaitEvents(org.orgId, id, 21);
    expect(events.map(({ version }) => version)).toEqual(
      Array.from({ length: 21 }, (_, index) => index + 1),
    );
  });
});
