import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  collection,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  limit,
  onSnapshot,
  or,
  orderBy,
  query,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import { notify } from '../../functions/src/modules/notifications/notifications.public.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { toldIn } from '../notifications/support.ts';
import { as, made } from '../support/as.ts';
import { contextOf } from '../support/context.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { textIn } from '../support/request.ts';
import { useClients } from '../support/rules.ts';

const storeOf = useClients();

let org: Organisation;
let elsewhere: Organisation;
let notificationId: string;
let appointmentId: string;
beforeAll(async () => {
  [org, elsewhere] = await Promise.all([createOrganisation(), createOrganisation()]);
  await tell(org.rep, 1);
  notificationId = (await toldIn(org.orgId))[0]?.id ?? '';
  const contactId = await made(org.rep, 'contacts', { firstName: 'Alice' });
  const times = { startTime: '2030-01-01T09:00:00Z', endTime: '2030-01-01T10:00:00Z' };
  const answer = await as(org.rep, 'POST /api/appointments', { title: 'A', contactId, ...times });
  appointmentId = textIn(answer.body, 'id');
});

async function tell({ uid, principal }: Member, hour: number): Promise<void> {
  const unit = openUnit(contextOf(principal), principal.orgId);
  const at = new Date(Date.UTC(2030, 0, 1, hour));
  notify(unit, { id: newId(), uid, kind: 'workflow', title: `At ${hour}`, body: '', at });
  await unit.commit();
}

const at = (person: Member | undefined, path: string) =>
  doc(storeOf(person), `orgs/${org.orgId}/${path}`);
const list = (person: Member, name: string) =>
  collection(storeOf(person), `orgs/${org.orgId}/${name}`);
const inbox = (person: Member, uid = person.uid) =>
  query(
    list(person, 'notifications'),
    where('ownerId', '==', uid),
    orderBy('at', 'desc'),
    limit(20),
  );

describe('notifications', () => {
  it('are read by the one who is told, whatever the others’ roles', async () => {
    const path = `notifications/${notificationId}`;
    await assertSucceeds(getDoc(at(org.rep, path)));
    for (const person of [
      ...[undefined, elsewhere.admin, org.deactivated, org.colleague],
      ...[org.admin, org.manager],
    ]) {
      await assertFails(getDoc(at(person, path)));
    }
  });

  it('are watched by their reader, the newest first', async () => {
    await tell(org.rep, 2);
    const titles: string[][] = [];
    const isTold = new Promise<void>((resolve, reject) => {
      const stop = onSnapshot(
        inbox(org.rep),
        ({ docs }) => {
          titles.push(docs.map((one) => String(one.get('title'))));
          if (titles.at(-1)?.length === 2) void tell(org.rep, 3);
          if (titles.at(-1)?.length === 3) {
            stop();
            resolve();
          }
        },
        reject,
      );
    });
    await isTold;
    expect(titles.at(-1)).toEqual(['At 3', 'At 2', 'At 1']);
  });

  it('are not listed by a query that could show another’s', async () => {
    await assertSucceeds(getDocs(inbox(org.admin)));
    await assertFails(getDocs(inbox(org.admin, org.rep.uid)));
    await assertFails(getDocs(inbox(org.deactivated)));
    await assertFails(getDocs(list(org.admin, 'notifications')));
    await assertFails(getDocs(query(list(org.rep, 'notifications'), orderBy('at', 'desc'))));
  });

  it('are written by functions alone, and so is what they are made from', async () => {
    const path = `notifications/${notificationId}`;
    for (const person of [org.rep, org.admin]) {
      await assertFails(updateDoc(at(person, path), { readAt: new Date() }));
      await assertFails(setDoc(at(person, 'notifications/new'), { ownerId: person.uid }));
      await assertFails(deleteDoc(at(person, path)));
      for (const name of ['notificationSettings', 'notificationMails', 'alerts']) {
        await assertFails(getDoc(at(person, `${name}/${person.uid}`)));
        await assertFails(setDoc(at(person, `${name}/${person.uid}`), { digest: 'daily' }));
      }
    }
  });
});

describe('appointments', () => {
  it('are read by their owner and those above', async () => {
    const path = `appointments/${appointmentId}`;
    for (const person of [org.rep, org.manager, org.admin]) {
      await assertSucceeds(getDoc(at(person, path)));
    }
    for (const person of [
      ...[undefined, elsewhere.admin, org.deactivated],
      ...[org.colleague, org.otherManager, org.rep2],
    ]) {
      await assertFails(getDoc(at(person, path)));
    }
  });

  it('are listed by the filters that show them', async () => {
    const own = (person: Member) => where('ownerId', '==', person.uid);
    const managed = or(own(org.manager), where('teamId', 'in', [org.teams.east]));
    await assertSucceeds(getDocs(query(list(org.rep, 'appointments'), own(org.rep))));
    await assertSucceeds(getDocs(query(list(org.manager, 'appointments'), managed)));
    await assertSucceeds(getDocs(list(org.admin, 'appointments')));
    await assertFails(getDocs(list(org.rep, 'appointments')));
    await assertFails(getDocs(query(list(org.rep2, 'appointments'), own(org.rep))));
  });

  it('are written by functions alone', async () => {
    const path = `appointments/${appointmentId}`;
    for (const person of [org.rep, org.admin]) {
      await assertFails(updateDoc(at(person, path), { title: 'B', version: 2 }));
      await assertFails(setDoc(at(person, 'appointments/new'), { ownerId: person.uid }));
      await assertFails(deleteDoc(at(person, path)));
    }
  });
});
