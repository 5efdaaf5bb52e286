import { allRecordKinds, recordKinds } from '../../functions/src/app/record-kinds.ts';
import { createRouter } from '../../functions/src/app/router.ts';
import type { RecordType } from '../../functions/src/modules/access/access.schema.ts';
import {
  conversationAudience,
  conversations,
} from '../../functions/src/modules/conversations/conversations.public.ts';
import { events, recordChange } from '../../functions/src/modules/events/events.public.ts';
import { eventId } from '../../functions/src/modules/events/events.schema.ts';
import { jobs } from '../../functions/src/modules/jobs/jobs.public.ts';
import { ledger, post, splits } from '../../functions/src/modules/ledger/ledger.public.ts';
import {
  audienceOfNotification,
  notifications,
  notify,
} from '../../functions/src/modules/notifications/notifications.public.ts';
import { runs } from '../../functions/src/modules/runs/runs.public.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Audience } from '../../functions/src/platform/principal.schema.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { as } from '../support/as.ts';
import { invocationAt } from '../support/jobs.ts';
import { createOrganisation, type Member, type Organisation } from '../support/organisation.ts';
import { type Answer, requestOf, textIn } from '../support/request.ts';
import { createPersons, type Person } from './persons.ts';
import type { RowWorld, TypeRow } from './record-types.ts';

/** A record of the matrix. */
export interface MatrixRecord {
  readonly id: string;
  readonly whose: string;
  readonly audience: Audience;
}

/** Whose records there are, who has a part in them, and on whose team they could be given to whom. */
interface Owner {
  readonly whose: string;
  readonly owner: Member;
  readonly teamId: string;
  readonly heir: Member;
  readonly others: readonly Member[];
}

const orgWide: Audience = { ownerId: null, teamId: null, participantIds: [] };

/** The organisation of the matrix, its people, and its records. */
export class MatrixWorld implements RowWorld {
  readonly org: Organisation;
  readonly persons: readonly Person[];
  readonly dealId: string;
  readonly companyId: string;
  readonly #splitRep: Member;
  readonly #heirs = new Map<string, string>();

  constructor(
    parts: Pick<MatrixWorld, 'org' | 'persons' | 'dealId' | 'companyId'> & { splitRep: Member },
  ) {
    this.org = parts.org;
    this.persons = parts.persons;
    this.dealId = parts.dealId;
    this.companyId = parts.companyId;
    this.#splitRep = parts.splitRep;
  }

  make(path: string, body: object): Promise<string> {
    return makeAs(this.org.admin, path, body);
  }

  async makeEvent(): Promise<string> {
    const { orgId } = this.org;
    const recordId = newId();
    const deal = await firestore().doc(`orgs/${orgId}/deals/${this.dealId}`).get();
    const delivery = { orgId, recordId, before: undefined, after: deal.data() };
    await recordChange(invocationAt(new Date()), recordKinds.deals, delivery);
    return eventId(recordId, Number(deal.get('version')));
  }

  readonly makeAsRep = (path: string, body: object): Promise<string> =>
    makeAs(this.org.rep, path, body);

  async makeEntry(): Promise<string> {
    const { orgId, rep, teams } = this.org;
    const now = new Date();
    const id = newId();
    const unit = openUnit(invocationAt(now), orgId);
    post(unit, id, {
      ...{ ownerId: rep.uid, teamId: teams.east, currency: 'USD', reason: 'manual_adjustment' },
      ...{ expenseMinor: -1000, pendingMinor: 1000, dealId: this.dealId },
      ...{ actor: 'test', at: now, postedAt: now },
    });
    await unit.commit();
    return id;
  }

  async makeNotification(): Promise<string> {
    const { orgId, rep } = this.org;
    const at = new Date();
    const id = newId();
    const unit = openUnit(invocationAt(at), orgId);
    notify(unit, { id, uid: rep.uid, kind: 'workflow', title: 'Hello', body: '', at });
    await unit.commit();
    const { docs } = await firestore().collection(`orgs/${orgId}/notifications`).get();
    return docs[0]?.id ?? '';
  }

  async makeJob(): Promise<string> {
    const { admin, rep, colleague } = this.org;
    const body = { toUserId: colleague.uid };
    const answer = await request(`POST /api/users/${rep.uid}/hand-over`, await admin.token(), body);
    return textIn(answer.body, 'jobId');
  }

  heirOf(id: string): string {
    return this.#heirs.get(id) ?? this.org.colleague.uid;
  }

  /** The records of one type: one of each of several people, or one when they are nobody's. */
  async recordsOf(type: RecordType, row: TypeRow): Promise<MatrixRecord[]> {
    const madeId = await row.make(this);
    const data = (await this.#documentAt(row, madeId).get()).data() ?? {};
    if (!row.isOwned) {
      return [{ id: madeId, whose: 'the organisation’s', audience: audienceOf(type, data) }];
    }
    return Promise.all(
      this.#owners().map(async (owner) => {
        const id = newId();
        const owned = { ...data, ...ownershipIn(data, owner) };
        await this.#documentAt(row, id).create(owned);
        this.#heirs.set(id, owner.heir.uid);
        return { id, whose: owner.whose, audience: audienceOf(type, owned) };
      }),
    );
  }

  /** A copy of a record, for one attempt at changing it. */
  async copyOf(row: TypeRow, record: MatrixRecord): Promise<MatrixRecord> {
    if (!row.canBeCopied) return record;
    const id = newId();
    const original = await this.#documentAt(row, record.id).get();
    await this.#documentAt(row, id).create(original.data() ?? {});
    this.#heirs.set(id, this.heirOf(record.id));
    return { ...record, id };
  }

  /** Removes a copy. */
  async discard(row: TypeRow, { id }: MatrixRecord): Promise<void> {
    if (row.canBeCopied) await this.#documentAt(row, id).delete();
  }

  /** All documents of a type, with who they concern. */
  async allOf(type: RecordType, { collection }: TypeRow): Promise<MatrixRecord[]> {
    const { orgId } = this.org;
    if (collection === undefined) return [{ id: orgId, whose: '', audience: orgWide }];
    const { docs } = await firestore().collection(`orgs/${orgId}/${collection}`).get();
    return docs.map((doc) => ({ id: doc.id, whose: '', audience: audienceOf(type, doc.data()) }));
  }

  #owners(): Owner[] {
    const { rep, otherManager, deactivated, teams, colleague, rep2 } = this.org;
    const [east, west] = [
      { teamId: teams.east, heir: colleague },
      { teamId: teams.west, heir: rep2 },
    ];
    return [
      { whose: 'rep-own’s', owner: rep, ...east, others: [this.#splitRep] },
      { whose: 'the other manager’s', owner: otherManager, ...west, others: [] },
      { whose: 'the deactivated’s', owner: deactivated, ...east, others: [] },
    ];
  }

  #documentAt({ collection }: TypeRow, id: string) {
    const org = `orgs/${this.org.orgId}`;
    return firestore().doc(collection === undefined ? org : `${org}/${collection}/${id}`);
  }
}

/** A minute from now, when the stream of events tells all that there is. */
const router = createRouter(() => invocationAt(new Date(Date.now() + 60_000)));

/** Sends a request to the product in this process, whose jobs nobody works on. */
export function request(line: string, token: string | undefined, body: unknown): Promise<Answer> {
  return requestOf(router, line, {
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body }),
  });
}

/**
 * Makes the organisation of the matrix. `useToken` shows the token of the one who is demoted at
 * work before that happens.
 */
export async function createMatrixWorld(
  useToken: (member: Member) => Promise<void>,
): Promise<MatrixWorld> {
  const [org, other] = await Promise.all([createOrganisation(), createOrganisation()]);
  const { all: persons, splitRep } = await createPersons(org, other, useToken);
  const dealId = await makeAs(org.admin, 'deals', {
    ...{ title: 'Website', value: 1, ownerId: org.rep.uid },
  });
  const companyId = await makeAs(org.admin, 'companies', { name: 'Acme' });
  const splits = [
    { uid: org.rep.uid, shareBps: 6000 },
    { uid: splitRep.uid, shareBps: 4000 },
  ];
  const answer = await as(org.admin, `PATCH /api/deals/${dealId}`, { splits });
  if (answer.status !== 200) throw new Error(`not split: ${JSON.stringify(answer.body)}`);
  return new MatrixWorld({ org, persons, splitRep, dealId, companyId });
}

async function makeAs(person: Member, path: string, body: object): Promise<string> {
  const answer = await request(`POST /api/${path}`, await person.token(), body);
  if (answer.status !== 201) throw new Error(`not made: ${JSON.stringify(answer.body)}`);
  return textIn(answer.body, path.startsWith('settings') ? 'key' : 'id');
}

/** Who a document of a type concerns. */
function audienceOf(type: RecordType, data: unknown): Audience {
  const kind = allRecordKinds.find(({ recordType }) => recordType === type);
  const document = timestampsToDates(data);
  if (kind !== undefined) return kind.audienceOf(kind.collection.schema.parse(document));
  if (type === 'event') return events.schema.parse(document);
  if (type === 'job') return jobs.schema.parse(document);
  if (type === 'ledger') return ledger.schema.parse(document);
  if (type === 'conversation') return conversationAudience(conversations.schema.parse(document));
  if (type === 'notification') {
    return audienceOfNotification(notifications.schema.parse(document));
  }
  if (type === 'run') return runs.schema.parse(document);
  if (type === 'split') return splits.schema.parse(document);
  if (type === 'org') return orgWide;
  throw new Error(`nobody says who a record of type ${type} concerns`);
}

/** Whose a document is, in those fields that it has for that. */
function ownershipIn(data: object, { owner, teamId, others }: Owner): object {
  const uids = [owner, ...others].map(({ uid }) => uid);
  const splits = uids.map((uid) => ({ uid, shareBps: 10_000 / uids.length }));
  return {
    ownerId: owner.uid,
    ...('teamId' in data ? { teamId } : {}),
    ...('participantIds' in data ? { participantIds: uids } : {}),
    ...('splits' in data ? { splits } : {}),
  };
}
