import { assertFails } from '@firebase/rules-unit-testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { deleteDoc, doc, setDoc, updateDoc } from 'firebase/firestore';
import { events } from '../../functions/src/modules/events/events.public.ts';
import { ledger } from '../../functions/src/modules/ledger/ledger.public.ts';
import { terms } from '../../functions/src/modules/plans/plans.public.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { as } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { DealTriggers, planFor } from '../support/earnings.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';
import { useClients } from '../support/rules.ts';

const storeOf = useClients();
let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
  await planFor(org, [{ kind: 'percent', rateBps: 1000 }]);
  const triggers = new DealTriggers(org.orgId);
  const { body } = await as(org.rep, 'POST /api/deals', { title: 'Website', value: 1000 });
  const id = textIn(body, 'id');
  await triggers.follow(id);
  await as(org.rep, `PATCH /api/deals/${id}/stage`, { stage: 'CLOSED_WON' });
  await triggers.follow(id);
});

describe.each(['ledger', 'events', 'terms', 'planVersions', 'splits', 'planBooks'])(
  '%s',
  (name) => {
    it('is written by nobody, an administrator included', async () => {
      const path = `orgs/${org.orgId}/${name}`;
      const { docs } = await firestore().collection(path).limit(1).get();
      const [stored] = docs;
      if (stored === undefined) throw new Error(`there are no ${name}`);
      for (const member of [org.admin, org.manager, org.rep]) {
        const ref = doc(storeOf(member), path, stored.id);
        await assertFails(updateDoc(ref, { currency: 'EUR' }));
        await assertFails(deleteDoc(ref));
        await assertFails(
          setDoc(doc(storeOf(member), path, 'mine'), timestampsToDates(stored.data())),
        );
      }
    });
  },
);

describe.each([ledger, events, terms])('$label', (collection) => {
  it('can be changed or removed by no use case', async () => {
    const unit = openUnit(contextOf(org.admin.principal), org.orgId);
    const [stored] = await unit.query<object>(collection, (query) => query.limit(1));
    if (stored === undefined) throw new Error('there is none');
    expect(() => unit.update<object>(collection, stored, {})).toThrow('only ever added');
    expect(() => unit.remove(collection, stored)).toThrow('only ever added');
    expect(() => unit.accumulate<object>(collection, stored.id, {}, { paidMinor: 1 })).toThrow(
      'only ever added',
    );
  });
});
