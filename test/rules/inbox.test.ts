import { assertFails } from '@firebase/rules-unit-testing';
import { beforeAll, expect, it } from '@jest/globals';
import {
  collection,
  collectionGroup,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  query,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { eventOf, stripeId } from '../fakes/stripe-objects.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { useClients } from '../support/rules.ts';
import { useStripe } from '../support/stripe.ts';

/** What providers deliver, and how payments are linked to deals, is for functions alone. */
const storeOf = useClients();
const stripe = useStripe();
let org: Organisation;
let paths: readonly string[];

beforeAll(async () => {
  org = await createOrganisation();
  const { orgId } = org;
  const object = { id: stripeId('ch'), object: 'charge', metadata: { orgId } };
  const event = eventOf({ type: 'plan.created', object, account: null }, 1);
  expect((await stripe.deliver(event)).status).toBe(200);
  const linkPath = `orgs/${orgId}/paymentLinks/stripe_${newId()}`;
  await firestore().doc(linkPath).create({ dealId: 'deal' });
  paths = [`inbox/stripe_${event.id}`, linkPath];
});

const everybody = () => [org.admin, org.manager, org.rep, undefined];

it('is read by nobody, one by one or in a list', async () => {
  for (const person of everybody()) {
    const store = storeOf(person);
    for (const path of paths) {
      await assertFails(getDoc(doc(store, path)));
      await assertFails(getDocs(collection(store, path.slice(0, path.lastIndexOf('/')))));
    }
    const own = where('orgId', '==', org.orgId);
    await assertFails(getDocs(query(collection(store, 'inbox'), own)));
    await assertFails(getDocs(collectionGroup(store, 'paymentLinks')));
  }
});

it('is written by nobody', async () => {
  for (const person of everybody()) {
    const store = storeOf(person);
    for (const path of paths) {
      await assertFails(updateDoc(doc(store, path), { status: 'pending' }));
      await assertFails(deleteDoc(doc(store, path)));
      await assertFails(setDoc(doc(store, `${path}-new`), { status: 'pending' }));
    }
  }
});
