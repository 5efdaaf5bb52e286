import { deliveries } from '../../functions/src/modules/deliveries/deliveries.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { MakeExample } from './example.ts';
import type { FuzzWorld } from './fuzz-world.ts';

const page = { limit: '5' };
const newWebhook = {
  url: 'https://hooks.example.com/splitline',
  types: ['deal.won', 'lead.*'],
  headers: { 'X-Tenant': 'acme' },
  description: 'To the ERP',
};

const filters = async (w: FuzzWorld) => ({
  recordType: 'deal',
  teamId: await w.make('/api/teams', { name: 'South' }),
  ownerId: w.org.rep.uid,
});
const fresh = (w: FuzzWorld) => w.make('/api/webhooks', newWebhook);
const ofFresh: MakeExample = async (w) => ({ params: { id: await fresh(w) } });
const change: MakeExample = async (w) => ({
  params: { id: await fresh(w) },
  body: {
    ...newWebhook,
    ...{ version: 1, status: 'paused', filters: await filters(w) },
  },
});

/** A subscription, with something that was sent to it. */
async function sent(w: FuzzWorld): Promise<{ id: string; deliveryId: string }> {
  const id = await fresh(w);
  const deliveryId = `${id}_${newId()}_1`;
  const now = new Date();
  const document = deliveries.schema.parse({
    ...{ subscriptionId: id, types: ['webhook.test'], status: 'failed' },
    ...{ createdAt: now, nextSendAt: null, roundStartedAt: now, deliveredAt: null, tries: 1 },
    message: { kind: 'test', body: '{}' },
    attempts: [{ at: now, status: 500, latencyMs: 12, response: 'down', error: null }],
  });
  await firestore().collection(deliveries.path(w.org.orgId)).doc(deliveryId).create(document);
  return { id, deliveryId };
}

/** Requests that the routes of webhooks and of the stream of events accept. */
export const webhookExamples: Readonly<Record<string, MakeExample>> = {
  'GET /api/webhooks': async () => ({ query: page }),
  'POST /api/webhooks': async (w) => ({ body: { ...newWebhook, filters: await filters(w) } }),
  'GET /api/webhooks/{id}': ofFresh,
  'PATCH /api/webhooks/{id}': change,
  'DELETE /api/webhooks/{id}': ofFresh,
  'POST /api/webhooks/{id}/rotate-secret': async (w) => ({
    params: { id: await fresh(w) },
    body: { overlapHours: 48 },
  }),
  'POST /api/webhooks/{id}/test': ofFresh,
  'GET /api/webhooks/{id}/deliveries': async (w) => ({
    params: { id: (await sent(w)).id },
    query: { ...page, status: 'failed' },
  }),
  'GET /api/webhooks/{id}/deliveries/{deliveryId}': async (w) => ({ params: await sent(w) }),
  'POST /api/webhooks/{id}/deliveries/{deliveryId}/redeliver': async (w) => ({
    params: await sent(w),
  }),
  'POST /api/webhooks/{id}/redeliver': async (w) => ({
    params: { id: (await sent(w)).id },
    body: {
      status: 'failed',
      createdFrom: '2026-01-01T00:00:00Z',
      createdUntil: '2099-12-31T00:00:00Z',
    },
  }),
  'GET /v1/webhooks': async () => ({ query: page }),
  'POST /v1/webhooks': async (w) => ({ body: { ...newWebhook, filters: await filters(w) } }),
  'GET /v1/webhooks/{id}': ofFresh,
  'PATCH /v1/webhooks/{id}': change,
  'DELETE /v1/webhooks/{id}': ofFresh,
  'GET /api/events': async () => ({ query: page }),
  'GET /api/events/types': async () => ({ by: 'nobody' }),
  'GET /api/events/types/{type}': async () => ({ by: 'nobody', params: { type: 'deal.won' } }),
};
