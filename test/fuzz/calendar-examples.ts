import { notify } from '../../functions/src/modules/notifications/notifications.public.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { toldIn } from '../notifications/support.ts';
import { contextOf } from '../support/context.ts';
import type { FuzzWorld } from './fuzz-world.ts';

const PATH = '/api/appointments';
const page = { limit: '5' };
const times = { startTime: '2099-01-01T09:00:00Z', endTime: '2099-01-01T10:00:00Z' };

async function newAppointment(w: FuzzWorld) {
  return { title: 'Demo', ...times, contactId: await w.fresh('contacts') };
}

const existing = async (w: FuzzWorld) => ({
  params: { id: await w.make(PATH, await newAppointment(w)) },
});

const change = async (w: FuzzWorld) => ({
  params: { id: await w.make(PATH, await newAppointment(w)) },
  body: {
    ...{ version: 1, title: 'Second demo', ...times, status: 'COMPLETED' },
    ...{ contactId: await w.fresh('contacts'), dealId: await w.fresh('deals') },
    ...{ location: 'Zoom', notes: 'Went well', ownerId: w.org.rep.uid },
  },
});

/** Something that the administrator is told, the only one who sends examples. */
async function told({ org }: FuzzWorld): Promise<string> {
  const unit = openUnit(contextOf(org.admin.principal), org.orgId);
  const title = `Hello ${newId()}`;
  const notice = { id: newId(), uid: org.admin.uid, kind: 'workflow', title, body: '' } as const;
  notify(unit, { ...notice, at: new Date() });
  await unit.commit();
  return (await toldIn(org.orgId)).find((each) => each.title === title)?.id ?? '';
}

/** Requests about appointments, what people are told, and the feed of events. */
export const calendarExamples = {
  'GET /api/appointments': async (w: FuzzWorld) => ({
    query: {
      ...page,
      ...{ startDate: '2099-01-01', endDate: '2099-12-31T00:00:00Z', status: 'SCHEDULED' },
      ...{ contactId: await w.fresh('contacts'), dealId: await w.fresh('deals') },
      ...{ ownerId: w.org.rep.uid, order: 'desc' },
    },
  }),
  'POST /api/appointments': async (w: FuzzWorld) => ({
    body: {
      ...(await newAppointment(w)),
      ...{ dealId: await w.fresh('deals'), location: 'Zoom', notes: 'Bring the offer' },
      ownerId: w.org.rep.uid,
    },
  }),
  'GET /api/appointments/{id}': existing,
  'PATCH /api/appointments/{id}': change,
  'PUT /api/appointments/{id}': change,
  'DELETE /api/appointments/{id}': existing,
  'POST /api/appointments/{id}/restore': existing,
  'GET /api/notifications': async () => ({ query: { ...page, unread: 'true' } }),
  'POST /api/notifications/{id}/read': async (w: FuzzWorld) => ({ params: { id: await told(w) } }),
  'POST /api/notifications/read-all': async (w: FuzzWorld) => {
    await told(w);
    return { body: { until: '2099-01-01T00:00:00Z' } };
  },
  'GET /api/notifications/settings': async () => ({}),
  'PUT /api/notifications/settings': async () => ({
    body: { kinds: { deal_won: { inbox: false, email: true } }, digest: 'weekly' },
  }),
  'GET /api/events/feed': async (w: FuzzWorld) => ({
    query: {
      ...page,
      ...{ type: 'deal.won', actor: w.org.rep.uid, ownerId: w.org.rep.uid, recordType: 'deal' },
      ...{ from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' },
    },
  }),
};
