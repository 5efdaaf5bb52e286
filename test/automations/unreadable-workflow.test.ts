import { expect, it } from '@jest/globals';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { DealTriggers } from '../support/earnings.ts';
import { createOrganisation } from '../support/organisation.ts';

it('is a failed run, and keeps no event from being recorded', async () => {
  const { orgId, rep } = await createOrganisation();
  const org = firestore().doc(`orgs/${orgId}`);
  const broken = {
    id: 'broken',
    kind: 'workflow',
    types: ['deal.*'],
    settings: { version: 'one' },
  };
  await org
    .collection('listenerBooks')
    .doc('current')
    .set({ listeners: [broken] });
  const dealId = await storeDeal(orgId, dealOf(rep.principal));
  await new DealTriggers(orgId).follow(dealId);

  const [event, run] = await Promise.all([
    org.collection('events').doc(`${dealId}_1`).get(),
    org.collection('runs').doc(`broken_${dealId}_1`).get(),
  ]);
  expect(event.get('types')).toEqual(['deal.created']);
  expect(run.data()).toMatchObject({ status: 'failed', error: { code: 'unreadable' } });
  expect(run.get('nextSendAt')).toBeNull();
});
