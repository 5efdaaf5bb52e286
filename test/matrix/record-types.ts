import type { Operation, RecordType } from '../../functions/src/modules/access/access.schema.ts';
import { storeFailedRun } from '../automations/stored-runs.ts';
import { orderedPeriod, storeDraft } from '../payouts/payout-world.ts';
import { storeText } from '../support/messages.ts';
import { freshEmail, type Organisation } from '../support/organisation.ts';

/** What rows make their records and requests from. */
export interface RowWorld {
  readonly org: Organisation;
  /** A deal of rep-own with a split, which notes, tasks and activities are about. */
  readonly dealId: string;
  /** A company, which everybody can see. */
  readonly companyId: string;
  /** Makes something through its door, as the administrator. */
  make(path: string, body: object): Promise<string>;
  /** Makes the event of a deal, as its trigger would. */
  makeEvent(): Promise<string>;
  /** Makes something through its door, as rep-own. */
  makeAsRep(path: string, body: object): Promise<string>;
  /** Posts an entry of rep-own on the deal, with its split. */
  makeEntry(): Promise<string>;
  /** Tells rep-own something. */
  makeNotification(): Promise<string>;
  /** Orders a job that nobody works on. */
  makeJob(): Promise<string>;
  /** Somebody on the team that a record is of, to whom it can be given. */
  heirOf(id: string): string;
}

/** What somebody may try with a record; changes are told apart by the class of field they touch. */
export const actions = [
  ...(['get', 'list', 'create', 'create for another'] as const),
  ...(['content', 'money', 'stage', 'assignment', 'system', 'delete'] as const),
] as const;
export type Action = (typeof actions)[number];

/** The operation of the policy that an action is; nobody may write what the system keeps. */
export const operationOf: Readonly<Record<Action, Operation | undefined>> = {
  get: 'read',
  list: 'read',
  create: 'create',
  'create for another': 'create',
  content: 'update',
  money: 'update',
  stage: 'move',
  assignment: 'assign',
  system: undefined,
  delete: 'delete',
};

/** A request, as `request` takes it. */
export interface Try {
  readonly line: string;
  readonly body?: unknown;
  /** The field of the answer that has the list. */
  readonly list?: string;
}

type Tries = Partial<Readonly<Record<Action, (id: string, world: RowWorld) => Try>>>;

/** One row of the matrix: a type of record, where it is, and what the REST doors offer of it. */
export interface TypeRow {
  /** The collection below the organisation; undefined for the organisation itself. */
  readonly collection: string | undefined;
  /** Where the REST doors have it, or would have it. */
  readonly path: string;
  /** True when records are of different people, so that it matters whose one is. */
  readonly isOwned: boolean;
  /** True when a copy of a document is another record, on which a change can be tried. */
  readonly canBeCopied: boolean;
  /** Makes one through its door and answers its id. */
  readonly make: (world: RowWorld) => Promise<string>;
  /** What the REST doors offer; nothing else must be there. */
  readonly rest: Tries;
  /** What the rules let a client write; reading is offered of every type. */
  readonly rulesWrite?: readonly Action[];
  /** A field of its content, which a client may try to write. */
  readonly contentField: string;
  /** The record that it is about: who can see that one can get this one too, through REST. */
  readonly isAbout?: 'deal';
}

/** The requests that most types of record share. */
function resource(path: string, list: string, content: object): Tries {
  return {
    get: (id) => ({ line: `GET /api/${path}/${id}` }),
    list: () => ({ line: `GET /api/${path}?limit=100`, list }),
    content: (id) => ({ line: `PATCH /api/${path}/${id}`, body: content }),
    delete: (id) => ({ line: `DELETE /api/${path}/${id}` }),
  };
}

const owned = { isOwned: true, canBeCopied: true } as const;
const ofTheOrganisation = { isOwned: false, canBeCopied: true } as const;

function about(path: 'notes' | 'tasks' | 'activities', fields: object, content: object): TypeRow {
  return {
    ...owned,
    ...{ collection: path, path, contentField: Object.keys(content)[0] ?? '', isAbout: 'deal' },
    make: (world) => world.make(path, { recordType: 'deal', recordId: world.dealId, ...fields }),
    rest: {
      ...resource(path, path, content),
      // About something that everybody can see: it is the record that is in question.
      create: (_id, { companyId }) => ({
        line: `POST /api/${path}`,
        body: { recordType: 'company', recordId: companyId, ...fields },
      }),
    },
  };
}

function ownedBy(
  path: 'deals' | 'contacts' | 'companies' | 'leads',
  fields: () => object,
  content: object,
): TypeRow {
  const create = (more: object = {}): Try => ({
    line: `POST /api/${path}`,
    body: { ...fields(), ...more },
  });
  return {
    ...owned,
    ...{ collection: path, path, contentField: Object.keys(content)[0] ?? '' },
    make: (world) => world.make(path, fields()),
    rest: {
      ...resource(path, path, content),
      create: () => create(),
      'create for another': (_id, { org }) => create({ ownerId: org.colleague.uid }),
      assignment: (id, world) => ({
        line: `PATCH /api/${path}/${id}`,
        body: { ownerId: world.heirOf(id) },
      }),
    },
  };
}

const deal = ownedBy('deals', () => ({ title: 'Website', value: 15_000 }), { title: 'Website 2' });
const task = about('tasks', { title: 'Call' }, { title: 'Call again' });

/** Every type of record. A new one does not compile without a row. */
export const typeRows: Readonly<Record<RecordType, TypeRow>> = {
  org: {
    ...{ collection: undefined, path: 'orgs', isOwned: false, canBeCopied: false },
    make: async ({ org }) => org.orgId,
    rest: {},
    contentField: 'name',
  },
  user: {
    ...{ collection: 'users', path: 'users', isOwned: false, canBeCopied: false },
    make: async ({ org }) => org.rep2.uid,
    rest: {
      get: (id) => ({ line: `GET /api/users/${id}` }),
      list: () => ({ line: 'GET /api/users?limit=100', list: 'users' }),
      content: (id) => ({ line: `PATCH /api/users/${id}`, body: { name: 'Cora' } }),
    },
    contentField: 'name',
  },
  team: {
    ...ofTheOrganisation,
    ...{ collection: 'teams', path: 'teams', contentField: 'name' },
    make: (world) => world.make('teams', { name: 'South' }),
    rest: {
      ...resource('teams', 'teams', { name: 'North' }),
      create: () => ({ line: 'POST /api/teams', body: { name: 'Far' } }),
    },
  },
  invitation: {
    ...ofTheOrganisation,
    ...{ collection: 'invitations', path: 'invitations', contentField: 'name' },
    make: (world) => world.make('invitations', invitation()),
    rest: {
      ...resource('invitations', 'invitations', {}),
      content: (id) => ({ line: `POST /api/invitations/${id}/resend`, body: {} }),
      create: () => ({ line: 'POST /api/invitations', body: invitation() }),
    },
  },
  apiKey: {
    ...ofTheOrganisation,
    ...{ collection: 'apiKeys', path: 'api-keys', contentField: 'name' },
    make: (world) => world.make('api-keys', { name: 'Key', scopes: ['read:crm'] }),
    rest: {
      list: () => ({ line: 'GET /api/api-keys?limit=100', list: 'apiKeys' }),
      create: () => ({ line: 'POST /api/api-keys', body: { name: 'Key', scopes: ['read:crm'] } }),
      delete: (id) => ({ line: `DELETE /api/api-keys/${id}` }),
    },
  },
  stage: {
    ...ofTheOrganisation,
    ...{ collection: 'stages', path: 'stages', contentField: 'name' },
    make: (world) => world.make('stages', { name: 'Trial', kind: 'open' }),
    rest: {
      list: () => ({ line: 'GET /api/stages', list: 'stages' }),
      create: () => ({ line: 'POST /api/stages', body: { name: 'More', kind: 'open' } }),
      content: (id) => ({ line: `PATCH /api/stages/${id}`, body: { name: 'Trial 2' } }),
      delete: (id) => ({ line: `DELETE /api/stages/${id}`, body: { moveToStageId: 'intake' } }),
    },
  },
  fieldSet: {
    ...{ collection: 'fieldSets', path: 'fieldSets', isOwned: false, canBeCopied: false },
    make: async (world) => {
      await world.make('settings/fields?recordType=contact', { key: 'region', type: 'text' });
      return 'contact';
    },
    rest: {
      get: (id) => ({ line: `GET ${fieldsOf(id)}` }),
      create: (id) => ({ line: `POST ${fieldsOf(id)}`, body: { key: freshKey(), type: 'text' } }),
      content: (id) => ({ line: `PATCH ${fieldsOf(id, 'region')}`, body: { label: 'Region' } }),
      delete: (id) => ({ line: `DELETE ${fieldsOf(id, 'region')}` }),
    },
    contentField: 'fields',
  },
  deal: {
    ...deal,
    rest: {
      ...deal.rest,
      money: (id) => ({ line: `PATCH /api/deals/${id}`, body: { value: 5, currency: 'USD' } }),
      stage: (id) => ({ line: `PATCH /api/deals/${id}/stage`, body: { stage: 'QUALIFIED' } }),
    },
    rulesWrite: ['create', 'content'],
  },
  contact: ownedBy('contacts', () => ({ firstName: 'Ada', email: freshEmail('ada') }), {
    title: 'Countess',
  }),
  company: ownedBy('companies', () => ({ name: 'Acme' }), { industry: 'Software' }),
  lead: ownedBy('leads', () => ({ businessName: 'Bakery' }), { category: 'Food' }),
  note: about('notes', { text: 'Called' }, { text: 'Called back' }),
  task: {
    ...task,
    rest: {
      ...task.rest,
      'create for another': (_id, { org, companyId }) => ({
        line: 'POST /api/tasks',
        body: {
          ...{ recordType: 'company', recordId: companyId },
          ...{ title: 'Call', assigneeId: org.colleague.uid },
        },
      }),
      assignment: (id, world) => ({
        line: `PATCH /api/tasks/${id}`,
        body: { assigneeId: world.heirOf(id) },
      }),
    },
  },
  appointment: {
    ...owned,
    ...{ collection: 'appointments', path: 'appointments', contentField: 'title' },
    make: async (world) => {
      const contactId = await world.make('contacts', { firstName: 'Ada' });
      return world.make('appointments', { title: 'Demo', contactId, ...oneHour });
    },
    rest: {
      // One is with a contact that its maker can see, which not everybody can of any: no creation here.
      ...resource('appointments', 'appointments', { title: 'Second demo' }),
      assignment: (id, world) => ({
        line: `PATCH /api/appointments/${id}`,
        body: { ownerId: world.heirOf(id) },
      }),
    },
  },
  notification: {
    ...owned,
    ...{ collection: 'notifications', path: 'notifications', contentField: 'title' },
    make: (world) => world.makeNotification(),
    rest: {
      list: () => ({ line: 'GET /api/notifications?limit=100', list: 'notifications' }),
      content: (id) => ({ line: `POST /api/notifications/${id}/read` }),
    },
  },
  activity: about('activities', { type: 'call', subject: 'Call' }, { subject: 'Second call' }),
  event: {
    ...owned,
    ...{ collection: 'events', path: 'events', contentField: 'types' },
    make: (world) => world.makeEvent(),
    rest: { list: () => ({ line: 'GET /api/events?limit=100', list: 'events' }) },
  },
  subscription: {
    ...ofTheOrganisation,
    ...{ collection: 'subscriptions', path: 'webhooks', contentField: 'description' },
    make: (world) => world.make('webhooks', webhook),
    rest: {
      ...resource('webhooks', 'webhooks', { description: 'To the ERP' }),
      create: () => ({ line: 'POST /api/webhooks', body: webhook }),
    },
  },
  job: {
    ...owned,
    ...{ collection: 'jobs', path: 'jobs', contentField: 'status' },
    make: (world) => world.makeJob(),
    rest: {
      get: (id) => ({ line: `GET /api/jobs/${id}` }),
      content: (id) => ({ line: `POST /api/jobs/${id}/cancel` }),
    },
  },
  workflow: {
    ...ofTheOrganisation,
    ...{ collection: 'workflows', path: 'workflows', contentField: 'name' },
    make: (world) => world.make('workflows', workflow),
    rest: {
      ...resource('workflows', 'workflows', { name: 'Winners' }),
      create: () => ({ line: 'POST /api/workflows', body: workflow }),
      delete: (id) => ({ line: `POST /api/workflows/${id}/archive` }),
    },
  },
  run: {
    ...owned,
    ...{ collection: 'runs', path: 'runs', contentField: 'status' },
    make: async (world) => storeFailedRun(world.org, await world.make('workflows', workflow)),
    rest: {
      get: (id) => ({ line: `GET /api/runs/${id}` }),
      list: () => ({ line: 'GET /api/runs?limit=100', list: 'runs' }),
      content: (id) => ({ line: `POST /api/runs/${id}/redrive`, body: {} }),
    },
  },
  plan: {
    ...ofTheOrganisation,
    ...{ collection: 'plans', path: 'plans', contentField: 'name' },
    make: (world) => world.make('plans', plan),
    rest: {
      get: (id) => ({ line: `GET /api/plans/${id}` }),
      list: () => ({ line: 'GET /api/plans', list: 'plans' }),
      create: () => ({ line: 'POST /api/plans', body: plan }),
      content: (id) => ({ line: `PATCH /api/plans/${id}`, body: { name: 'Inside sales' } }),
      delete: (id) => ({ line: `DELETE /api/plans/${id}` }),
    },
  },
  ledger: {
    ...owned,
    ...{ collection: 'ledger', path: 'ledger', contentField: 'note' },
    make: (world) => world.makeEntry(),
    rest: { get: (id) => ({ line: `GET /api/earnings/entries/${id}/explain` }) },
  },
  split: {
    ...owned,
    ...{ collection: 'splits', path: 'splits', contentField: 'earnedMinor' },
    make: async (world) => {
      await world.makeEntry();
      return `${world.dealId}_${world.org.rep.uid}`;
    },
    rest: {},
  },
  conversation: {
    ...owned,
    ...{ collection: 'conversations', path: 'messages', contentField: 'unreadCount' },
    make: async (world) => {
      const contactId = await world.make('contacts', { firstName: 'Ada' });
      return (await storeText(world.org.orgId, contactId)).conversationId;
    },
    rest: {
      get: (id) => ({ line: `GET /api/messages/${id}` }),
      list: () => ({ line: 'GET /api/messages?limit=100', list: 'conversations' }),
      content: (id) => ({ line: `POST /api/messages/${id}/read` }),
    },
  },
  message: {
    ...owned,
    ...{ collection: 'messages', path: 'messages', contentField: 'content' },
    make: async (world) => {
      const contactId = await world.make('contacts', { firstName: 'Ada' });
      return (await storeText(world.org.orgId, contactId)).messageId;
    },
    // One is sent to a contact that its sender can see, which not everybody can of any: see test/messages.
    rest: {},
  },
  dispute: {
    ...owned,
    ...{ collection: 'disputes', path: 'disputes', contentField: 'reason' },
    make: ({ makeAsRep, dealId }) => makeAsRep('disputes', { dealId, reason: 'Too little' }),
    rest: {
      get: (id) => ({ line: `GET /api/disputes/${id}` }),
      list: () => ({ line: 'GET /api/disputes?limit=100', list: 'disputes' }),
      // One is about a deal that its payee can see, which not everybody can of any: no creation here.
      content: (id) => ({ line: `POST /api/disputes/${id}/comments`, body: { text: 'Why?' } }),
    },
  },
  adjustment: {
    ...owned,
    ...{ collection: 'adjustments', path: 'adjustments', contentField: 'reason' },
    make: (world) => world.make('adjustments', adjustment(world.org.rep.uid)),
    rest: {
      get: (id) => ({ line: `GET /api/adjustments/${id}` }),
      list: () => ({ line: 'GET /api/adjustments?limit=100', list: 'adjustments' }),
      'create for another': (_id, { org }) => ({
        ...{ line: 'POST /api/adjustments', body: adjustment(org.colleague.uid) },
      }),
    },
  },
  payout: {
    ...owned,
    ...{ collection: 'payouts', path: 'payouts', contentField: 'status' },
    make: ({ org }) => storeDraft(org, org.rep),
    rest: {
      get: (id) => ({ line: `GET /api/payouts/${id}` }),
      list: () => ({ line: 'GET /api/payouts?limit=100', list: 'payouts' }),
    },
  },
  period: {
    ...ofTheOrganisation,
    ...{ collection: 'periods', path: 'periods', contentField: 'status' },
    make: ({ org }) => orderedPeriod(org),
    rest: {
      get: (id) => ({ line: `GET /api/periods/${id}` }),
      list: () => ({ line: 'GET /api/periods?limit=100', list: 'periods' }),
    },
  },
};

const oneHour = { startTime: '2030-01-01T09:00:00Z', endTime: '2030-01-01T10:00:00Z' };

const webhook = { url: 'https://hooks.example.com/splitline', types: ['deal.won'] };

const workflow = {
  ...{ name: 'Won deals', trigger: 'DEAL_WON' },
  actions: [{ type: 'ADD_TAG', config: { tag: 'Won' } }],
};

const plan = {
  name: 'Field sales',
  terms: { rules: [{ kind: 'percent', rateBps: 1000 }], assignment: { userIds: [] } },
};

function adjustment(payeeId: string) {
  return { payeeId, amountMinor: 500, currency: 'USD', reason: 'Forgotten' };
}

function invitation() {
  return { name: 'Ina Invited', email: freshEmail('ina'), role: 'rep' };
}

function fieldsOf(recordType: string, key?: string): string {
  return `/api/settings/fields${key === undefined ? '' : `/${key}`}?recordType=${recordType}`;
}

let keys = 0;
function freshKey(): string {
  keys += 1;
  return `key${keys}`;
}
