import { randomInt } from 'node:crypto';
import { freshEmail } from '../support/organisation.ts';
import { calendarExamples } from './calendar-examples.ts';
import type { MakeExample } from './example.ts';
import type { FuzzWorld } from './fuzz-world.ts';
import { messageExamples } from './message-examples.ts';
import { moneyExamples } from './money-examples.ts';
import { runExamples } from './run-examples.ts';
import { webhookExamples } from './webhook-examples.ts';
import { workflowExamples } from './workflow-examples.ts';

const aboutDeal = async (w: FuzzWorld) => ({
  recordType: 'deal',
  recordId: await w.fresh('deals'),
});
const idOf = (kind: 'deals' | 'contacts' | 'companies' | 'leads') => async (w: FuzzWorld) => ({
  params: { id: await w.fresh(kind) },
});
const nothing: MakeExample = async () => ({});
const page = { limit: '5' };

const deals: Record<string, MakeExample> = {
  'GET /api/deals': async (w) => ({
    query: { ...page, stage: 'LEAD', ownerId: w.org.rep.uid, sort: 'createdAt', order: 'asc' },
  }),
  'POST /api/deals': async (w) => ({
    body: {
      title: 'Website Redesign',
      value: 15_000.5,
      currency: 'USD',
      stage: 'QUALIFIED',
      probability: 40,
      expectedCloseDate: '2099-12-31',
      ownerId: w.org.rep.uid,
      contactIds: [await w.fresh('contacts')],
      companyId: await w.fresh('companies'),
      description: 'A new website',
      tags: ['web'],
      customFields: {},
      externalIds: [{ source: 'erp', id: w.org.orgId }],
    },
  }),
  'GET /api/deals/{id}': idOf('deals'),
  'PATCH /api/deals/{id}': async (w) => ({
    params: { id: await w.fresh('deals') },
    body: { ...dealChange(w), version: 1, contactIds: [await w.fresh('contacts')] },
  }),
  'PUT /api/deals/{id}': async (w) => ({
    params: { id: await w.fresh('deals') },
    body: { ...dealChange(w), companyId: await w.fresh('companies') },
  }),
  'DELETE /api/deals/{id}': idOf('deals'),
  'PATCH /api/deals/{id}/stage': async (w) => ({
    params: { id: await w.fresh('deals') },
    body: { stage: 'CLOSED_LOST', probability: 0, lostReason: 'Price' },
  }),
  'POST /api/deals/bulk': async (w) => ({
    isBatch: true,
    body: { ids: [await w.fresh('deals'), await w.fresh('deals')], change: dealChange(w) },
  }),
  'POST /api/deals/{id}/restore': idOf('deals'),
};

function dealChange({ org }: FuzzWorld) {
  return {
    title: 'Website and shop',
    value: 20_000,
    currency: 'USD',
    stage: 'PROPOSAL',
    probability: 55,
    expectedCloseDate: '2099-12-31',
    ownerId: org.rep.uid,
    splits: [{ uid: org.rep.uid, shareBps: 10_000 }],
    tags: ['web', 'shop'],
  };
}

const person = { lastName: 'Lovelace', title: 'Countess', source: 'fair', tags: ['vip'] };
const place = { city: 'London', state: null, country: 'UK', industry: 'Software', size: 12 };

const people: Record<string, MakeExample> = {
  'GET /api/contacts': async () => ({ query: { ...page, page: '1', search: 'gra', tags: 'vip' } }),
  'POST /api/contacts': async (w) => ({
    body: {
      ...person,
      firstName: 'Ada',
      email: freshEmail('ada'),
      phone: '+1 212 555 0187',
      otherEmails: [freshEmail('lovelace')],
      company: 'Acme',
      ownerId: w.org.rep.uid,
      customFields: {},
    },
  }),
  'GET /api/contacts/{id}': idOf('contacts'),
  'PUT /api/contacts/{id}': async (w) => ({
    params: { id: await w.fresh('contacts') },
    body: { ...person, ownerId: w.org.rep.uid },
  }),
  'PATCH /api/contacts/{id}': async (w) => ({
    params: { id: await w.fresh('contacts') },
    body: {
      ...person,
      email: freshEmail('ada'),
      externalIds: [{ source: 'crm', id: freshEmail('x') }],
    },
  }),
  'DELETE /api/contacts/{id}': idOf('contacts'),
  'POST /api/contacts/{id}/merge': async (w) => ({
    params: { id: await w.fresh('contacts') },
    body: { otherId: await w.fresh('contacts'), fields: { email: 'other', title: 'this' } },
  }),
  'POST /api/contacts/{id}/restore': idOf('contacts'),
  'POST /api/contacts/{id}/tags': async (w) => ({
    params: { id: await w.fresh('contacts') },
    body: { add: ['vip'], remove: ['cold'] },
  }),
  'GET /api/contacts/{id}/companies': idOf('contacts'),
  'POST /api/contacts/{id}/companies': async (w) => ({
    params: { id: await w.fresh('contacts') },
    body: { companyId: await w.fresh('companies'), role: 'CTO', isPrimary: true },
  }),
  'GET /api/companies/{id}/contacts': async (w) => ({
    params: { id: await w.fresh('companies') },
    query: { ...page, page: '1' },
  }),
  'POST /api/companies/{id}/contacts': async (w) => ({
    params: { id: await w.fresh('companies') },
    body: { contactId: await w.fresh('contacts'), role: 'CTO', isPrimary: false },
  }),
  'DELETE /api/contacts/{id}/companies/{companyId}': async (w) => {
    const [id, companyId] = [await w.fresh('contacts'), await w.fresh('companies')];
    await w.make(`/api/contacts/${id}/companies`, { companyId });
    return { params: { id, companyId } };
  },
  'DELETE /api/companies/{id}/contacts/{contactId}': async (w) => {
    const [contactId, id] = [await w.fresh('contacts'), await w.fresh('companies')];
    await w.make(`/api/companies/${id}/contacts`, { contactId });
    return { params: { id, contactId } };
  },
  'GET /api/companies': async () => ({ query: { ...page, search: 'acme' } }),
  'POST /api/companies': async (w) => ({
    body: {
      ...place,
      name: 'Globex',
      domain: `a${w.org.orgId.replaceAll('_', '-')}z.example`.toLowerCase(),
    },
  }),
  'GET /api/companies/{id}': idOf('companies'),
  'PUT /api/companies/{id}': async (w) => ({
    params: { id: await w.fresh('companies') },
    body: { ...place, name: 'Globex', ownerId: w.org.rep.uid },
  }),
  'PATCH /api/companies/{id}': async (w) => ({
    params: { id: await w.fresh('companies') },
    body: { ...place, website: 'https://example.com', phone: '+44 20 7946 0958' },
  }),
  'DELETE /api/companies/{id}': idOf('companies'),
  'POST /api/companies/{id}/merge': async (w) => ({
    params: { id: await w.fresh('companies') },
    body: { otherId: await w.fresh('companies'), fields: { name: 'this' } },
  }),
  'POST /api/companies/{id}/restore': idOf('companies'),
  'POST /api/companies/{id}/tags': async (w) => ({
    params: { id: await w.fresh('companies') },
    body: { add: ['key account'] },
  }),
};

const leads: Record<string, MakeExample> = {
  'GET /api/leads': async () => ({ query: { ...page, status: 'NEW', city: 'London' } }),
  'POST /api/leads': async (w) => ({
    body: {
      businessName: 'Bakery',
      city: 'London',
      rating: 4.5,
      email: freshEmail('bakery'),
      status: 'CONTACTED',
      ownerId: w.org.rep.uid,
    },
  }),
  'GET /api/leads/{id}': idOf('leads'),
  'PUT /api/leads/{id}': async (w) => ({
    params: { id: await w.fresh('leads') },
    body: { businessName: 'Bakery', category: 'food', status: 'QUALIFIED' },
  }),
  'PATCH /api/leads/{id}': async (w) => ({
    params: { id: await w.fresh('leads') },
    body: { rating: 3, website: 'https://example.com', tags: ['walk-in'] },
  }),
  'DELETE /api/leads/{id}': idOf('leads'),
  'POST /api/leads/{id}/convert': async (w) => ({
    params: { id: await w.fresh('leads') },
    body: {
      contactData: { ...person, firstName: 'Ada' },
      companyData: { ...place, name: 'Bakery Ltd' },
      deal: { title: 'First order', value: 500, currency: 'USD', stage: 'LEAD' },
    },
  }),
  'POST /api/leads/{id}/restore': idOf('leads'),
  'POST /api/leads/{id}/tags': async (w) => ({
    params: { id: await w.fresh('leads') },
    body: { add: ['hot'], remove: [] },
  }),
};

const work: Record<string, MakeExample> = {
  'GET /api/notes': async (w) => ({ query: { ...page, ...(await aboutDeal(w)), pinned: 'true' } }),
  'POST /api/notes': async (w) => ({ body: { ...(await newNote(w)), pinned: true } }),
  'GET /api/notes/{id}': async (w) => ({
    params: { id: await w.make('/api/notes', await newNote(w)) },
  }),
  'PATCH /api/notes/{id}': async (w) => ({
    params: { id: await w.make('/api/notes', await newNote(w)) },
    body: { version: 1, text: 'Called back', pinned: false },
  }),
  'PUT /api/notes/{id}': async (w) => ({
    params: { id: await w.make('/api/notes', await newNote(w)) },
    body: { text: 'Called back' },
  }),
  'DELETE /api/notes/{id}': async (w) => ({
    params: { id: await w.make('/api/notes', await newNote(w)) },
  }),
  'POST /api/notes/{id}/restore': async (w) => ({
    params: { id: await w.make('/api/notes', await newNote(w)) },
  }),
  'GET /api/tasks': async (w) => ({
    query: {
      ...page,
      ...(await aboutDeal(w)),
      assigneeId: w.org.rep.uid,
      done: 'false',
      dueBefore: '2099-12-31T00:00:00Z',
    },
  }),
  'POST /api/tasks': async (w) => ({
    body: {
      ...(await newTask(w)),
      description: 'About the offer',
      dueAt: '2099-12-31T09:00:00Z',
      priority: 'high',
      assigneeId: w.org.rep.uid,
    },
  }),
  'GET /api/tasks/{id}': async (w) => ({
    params: { id: await w.make('/api/tasks', await newTask(w)) },
  }),
  'PATCH /api/tasks/{id}': async (w) => ({
    params: { id: await w.make('/api/tasks', await newTask(w)) },
    body: { version: 1, title: 'Call again', priority: 'low', assigneeId: w.org.rep.uid },
  }),
  'PUT /api/tasks/{id}': async (w) => ({
    params: { id: await w.make('/api/tasks', await newTask(w)) },
    body: { done: true, dueAt: null },
  }),
  'DELETE /api/tasks/{id}': async (w) => ({
    params: { id: await w.make('/api/tasks', await newTask(w)) },
  }),
  'POST /api/tasks/{id}/restore': async (w) => ({
    params: { id: await w.make('/api/tasks', await newTask(w)) },
  }),
  'GET /api/activities': async (w) => ({
    query: { ...page, ...(await aboutDeal(w)), type: 'call' },
  }),
  'POST /api/activities': async (w) => ({
    body: { ...(await newActivity(w)), body: 'Went well', durationMinutes: 15 },
  }),
  'GET /api/activities/{id}': async (w) => ({
    params: { id: await w.make('/api/activities', await newActivity(w)) },
  }),
  'PATCH /api/activities/{id}': async (w) => ({
    params: { id: await w.make('/api/activities', await newActivity(w)) },
    body: { version: 1, subject: 'Second call', durationMinutes: 20 },
  }),
  'PUT /api/activities/{id}': async (w) => ({
    params: { id: await w.make('/api/activities', await newActivity(w)) },
    body: { type: 'meeting', occurredAt: '2026-01-31T09:00:00Z' },
  }),
  'DELETE /api/activities/{id}': async (w) => ({
    params: { id: await w.make('/api/activities', await newActivity(w)) },
  }),
  'POST /api/activities/{id}/restore': async (w) => ({
    params: { id: await w.make('/api/activities', await newActivity(w)) },
  }),
  'GET /api/timeline': async (w) => ({ query: { ...page, ...(await aboutDeal(w)) } }),
  'POST /api/events': async (w) => ({
    body: { dealId: await w.fresh('deals'), event: 'contract.signed', data: { pages: 3 } },
  }),
  'GET /api/analytics/overview': async (w) => ({
    query: {
      ...{ startDate: '2026-01-01', endDate: '2026-01-31' },
      teamId: w.org.rep.principal.teamId ?? '',
    },
  }),
  'GET /api/search': async () => ({ query: { q: 'ada', types: 'contact,company', limit: '5' } }),
};

async function newNote(w: FuzzWorld) {
  return { ...(await aboutDeal(w)), text: 'Called' };
}
async function newTask(w: FuzzWorld) {
  return { ...(await aboutDeal(w)), title: 'Call' };
}
async function newActivity(w: FuzzWorld) {
  return { ...(await aboutDeal(w)), type: 'call', subject: 'First call' };
}

const settings: Record<string, MakeExample> = {
  'GET /api/settings/organisation': nothing,
  'PATCH /api/settings/organisation': async () => ({
    body: { version: 1, name: 'Acme Ltd', industry: null, timeZone: 'Europe/Berlin' },
  }),
  'GET /api/settings/providers': nothing,
  'GET /api/settings/fields': async () => ({ query: { recordType: 'deal' } }),
  'POST /api/settings/fields': async () => ({
    query: { recordType: 'deal' },
    body: {
      key: `region${randomInt(2 ** 40)}`,
      label: 'Region',
      type: 'picklist',
      options: ['North', 'South'],
      required: false,
    },
  }),
  'PATCH /api/settings/fields/{key}': async (w) => ({
    params: { key: await newField(w) },
    query: { recordType: 'contact' },
    body: { label: 'Favourite colour', required: false, archived: false },
  }),
  'DELETE /api/settings/fields/{key}': async (w) => ({
    params: { key: await newField(w) },
    query: { recordType: 'contact' },
  }),
  'GET /api/stages': nothing,
  'POST /api/stages': async () => ({
    body: { name: 'Trial', kind: 'open', defaultProbability: 60, colour: 'teal' },
  }),
  'POST /api/stages/reorder': async (w) => ({ body: { stageIds: await w.stageIds() } }),
  'PATCH /api/stages/{id}': async (w) => ({
    params: { id: w.org.stages.PROPOSAL },
    body: { version: 1, name: 'Offer', defaultProbability: 45, colour: 'pink' },
  }),
  'DELETE /api/stages/{id}': async (w) => ({
    params: { id: await w.make('/api/stages', { name: 'Short-lived', kind: 'open' }) },
    body: { moveToStageId: 'intake' },
  }),
};

async function newField(w: FuzzWorld): Promise<string> {
  const key = `field${randomInt(2 ** 40)}`;
  // The path holds the kind of record as a query.
  await w.make('/api/settings/fields?recordType=contact', { key, type: 'text' });
  return key;
}

const members: Record<string, MakeExample> = {
  'GET /api/teams': async () => ({ query: page }),
  'POST /api/teams': async () => ({ body: { name: 'South' } }),
  'GET /api/teams/{id}': async (w) => ({ params: { id: await newTeam(w) } }),
  'PUT /api/teams/{id}': async (w) => ({
    params: { id: await newTeam(w) },
    body: { name: 'North' },
  }),
  'PATCH /api/teams/{id}': async (w) => ({
    params: { id: await newTeam(w) },
    body: { name: 'Far' },
  }),
  'DELETE /api/teams/{id}': async (w) => ({ params: { id: await newTeam(w) } }),
  'GET /api/users': async (w) => ({ query: { ...page, role: 'rep', teamId: w.org.teams.east } }),
  'GET /api/users/{id}': async (w) => ({ params: { id: (await w.freshMember()).uid } }),
  'PUT /api/users/{id}': async (w) => ({
    params: { id: (await w.freshMember()).uid },
    body: { name: 'Grace', role: 'manager', teamId: null, managedTeamIds: [await newTeam(w)] },
  }),
  'PATCH /api/users/{id}': async (w) => ({
    params: { id: (await w.freshMember()).uid },
    body: { name: 'Grace', teamId: await newTeam(w) },
  }),
  'POST /api/users/{id}/deactivate': async (w) => ({
    params: { id: (await w.freshMember()).uid },
    body: { handOverTo: w.org.rep.uid },
  }),
  'POST /api/users/me/leave': async (w) => ({ by: await w.freshMember() }),
  'POST /api/users/{id}/reactivate': async (w) => ({
    params: { id: w.org.deactivated.uid },
    body: {},
  }),
  'POST /api/users/{id}/hand-over': async (w) => ({
    params: { id: (await w.freshMember()).uid },
    body: { toUserId: w.org.rep.uid },
  }),
  'GET /api/admin/users': async () => ({ query: { ...page, page: '1' } }),
  'POST /api/invitations': async (w) => ({
    body: { ...invitation(), role: 'manager', teamId: await newTeam(w), managedTeamIds: [] },
  }),
  'GET /api/invitations': async () => ({ query: { ...page, status: 'pending' } }),
  'GET /api/invitations/{id}': async (w) => ({
    params: { id: await w.make('/api/invitations', invitation()) },
  }),
  'POST /api/invitations/{id}/resend': async (w) => ({
    params: { id: await w.make('/api/invitations', invitation()) },
    body: {},
  }),
  'DELETE /api/invitations/{id}': async (w) => ({
    params: { id: await w.make('/api/invitations', invitation()) },
  }),
  'POST /api/invitations/accept': async (w) => ({
    by: 'nobody',
    body: { token: await w.invitationToken(), password: w.password, name: 'Ina Invited' },
  }),
  'POST /api/api-keys': async () => ({
    body: { name: 'Zapier', scopes: ['read:crm'], expiresAt: '2099-12-31T00:00:00Z' },
  }),
  'GET /api/api-keys': async () => ({ query: page }),
  'DELETE /api/api-keys/{id}': async (w) => ({
    params: { id: await w.make('/api/api-keys', { name: 'Old', scopes: ['read:crm'] }) },
  }),
  'GET /api/access/explain': async (w) => ({
    query: { ...(await aboutDeal(w)), userId: w.org.rep.uid, operation: 'read' },
  }),
};

const newTeam = (w: FuzzWorld) => w.make('/api/teams', { name: 'South' });
const invitation = () => ({ name: 'Ina Invited', email: freshEmail('ina'), role: 'rep' });

const accounts: Record<string, MakeExample> = {
  'POST /api/signup': async () => ({
    by: 'nobody',
    body: {
      name: 'Ada Admin',
      email: freshEmail('signup'),
      password: 'a long password',
      businessName: 'Acme',
      industry: 'Software',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    },
  }),
  'POST /api/auth/signin': async (w) => ({
    by: 'nobody',
    body: { email: w.org.admin.email, password: w.password },
  }),
  'GET /api/auth/session': nothing,
  'POST /api/auth/signout': async () => ({ by: 'nobody' }),
  'POST /api/auth/password-reset': async (w) => ({
    by: 'nobody',
    body: { email: w.org.rep.email },
  }),
};

const jobs: Record<string, MakeExample> = {
  'GET /api/jobs/{id}': async (w) => ({ params: { id: await newJob(w) } }),
  'POST /api/jobs/{id}/cancel': async (w) => ({ params: { id: await newJob(w) } }),
  'POST /api/imports': async () => ({
    body: {
      recordType: 'contact',
      csv: 'First name,Email\nAda,ada@example.com',
      fileName: 'a.csv',
    },
  }),
  'GET /api/imports': async () => ({ query: { limit: '2' } }),
  'GET /api/imports/{id}': async (w) => ({ params: { id: await w.freshImport() } }),
  'POST /api/imports/{id}/dry-run': async (w) => ({
    params: { id: await w.freshImport() },
    body: importPlan(w),
    // What is wrong with an owner is told of each row.
    isBatch: true,
  }),
  'POST /api/imports/{id}/commit': async (w) => ({
    params: { id: await w.freshImport() },
    body: importPlan(w),
    // What is wrong with an owner is told of each row.
    isBatch: true,
  }),
  'POST /api/imports/{id}/undo': async (w) => ({ params: { id: await w.endedImport() } }),
  'POST /api/contacts/import': async () => ({
    form: { fields: { tagAll: 'fair' }, file: 'First name,Email\nGrace,grace@example.com' },
  }),
};

async function newJob(w: FuzzWorld): Promise<string> {
  const member = await w.freshMember();
  return w.make(`/api/users/${member.uid}/hand-over`, { toUserId: w.org.rep.uid });
}

function importPlan({ org }: FuzzWorld) {
  return {
    mapping: [
      { column: 'First name', field: 'firstName' },
      { column: 'Email', field: 'email' },
    ],
    options: { tagAll: ['fair'], onDuplicate: 'skip', ownerId: org.rep.uid },
  };
}

const savedViews: Record<string, MakeExample> = {
  'GET /api/views': nothing,
  'POST /api/views': async (w) => ({ body: await savedView(w) }),
  'PATCH /api/views/{id}': async (w) => ({
    params: { id: await w.make('/api/views', await savedView(w)) },
    body: { ...(await savedView(w)), layout: 'board' },
  }),
  'DELETE /api/views/{id}': async (w) => ({
    params: { id: await w.make('/api/views', await savedView(w)) },
  }),
};

async function savedView({ org, make }: FuzzWorld) {
  const teamId = await make('/api/teams', { name: `Team ${randomInt(1e9)}` });
  return {
    name: `Large ones ${randomInt(1e9)}`,
    layout: 'table',
    filters: {
      ...{ ownerId: org.rep.uid, teamId, tag: 'web', text: 'redesign' },
      ...{ currency: 'USD', minMinor: 100_000, maxMinor: 900_000 },
      ...{ closeFrom: '2030-01-01', closeTo: '2030-06-30' },
    },
    sorting: { field: 'value', order: 'desc' },
  };
}

/** For each route a request that it accepts, on records of its own. */
export const examples: Readonly<Record<string, MakeExample>> = {
  ...accounts,
  ...deals,
  ...people,
  ...leads,
  ...work,
  ...settings,
  ...members,
  ...jobs,
  ...savedViews,
  ...messageExamples,
  ...moneyExamples,
  ...workflowExamples,
  ...runExamples,
  ...webhookExamples,
  ...calendarExamples,
};
