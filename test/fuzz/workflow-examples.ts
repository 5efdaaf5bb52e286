import type { MakeExample } from './example.ts';
import type { FuzzWorld } from './fuzz-world.ts';

const newWorkflow = (w: FuzzWorld) => ({
  name: 'VIP Contact Notification',
  description: 'Tells the owner',
  definition: {
    trigger: { kind: 'event', types: ['contact.tag_added'], tag: 'VIP' },
    condition: {
      all: [
        { field: 'tags', operator: 'contains', value: 'VIP' },
        { not: { field: 'ownerId', operator: 'in', value: [w.org.rep2.uid] } },
      ],
    },
    steps: [
      { id: 'wait', type: 'WAIT', config: { minutes: 5 } },
      {
        id: 'branch',
        type: 'BRANCH',
        config: {
          branches: [
            {
              condition: { field: 'email', operator: 'is_not_empty' },
              steps: [
                {
                  id: 'mail',
                  type: 'SEND_EMAIL',
                  config: { to: 'admin@acmecorp.com', subject: 'VIP', body: '{{contact.name}}' },
                },
              ],
            },
          ],
          otherwise: [],
        },
      },
      {
        id: 'assign',
        type: 'ASSIGN',
        config: { strategy: 'roundRobin', uids: [w.org.rep.uid, w.org.colleague.uid] },
      },
      { id: 'tell', type: 'NOTIFY', config: { owner: true, title: '{{contact.name}} is a VIP' } },
    ],
  },
});

const fresh = (w: FuzzWorld) => w.make('/api/workflows', newWorkflow(w));
const active = (w: FuzzWorld) => w.make('/api/workflows', { ...newWorkflow(w), status: 'ACTIVE' });

/** Requests of workflows that are accepted. */
export const workflowExamples: Record<string, MakeExample> = {
  'GET /api/workflows': async () => ({ query: { status: 'ACTIVE', limit: '5' } }),
  'POST /api/workflows': async (w) => ({ body: newWorkflow(w) }),
  'POST /api/workflows/check': async (w) => ({ body: { definition: newWorkflow(w).definition } }),
  'GET /api/workflows/operators': async () => ({}),
  'GET /api/workflows/templates': async () => ({}),
  'POST /api/workflows/templates/{id}': async () => ({
    params: { id: 'no-show' },
    body: { name: 'Missed appointments', status: 'DRAFT' },
  }),
  'GET /api/workflows/{id}': async (w) => ({ params: { id: await fresh(w) } }),
  'PATCH /api/workflows/{id}': async (w) => ({
    params: { id: await fresh(w) },
    body: {
      ...{ name: 'VIPs', description: null, version: 1 },
      ...{ trigger: 'TAG_ADDED', conditions: [] },
      actions: [{ type: 'ADD_TAG', config: { tag: 'Seen' } }],
    },
  }),
  'GET /api/workflows/{id}/versions': async (w) => ({ params: { id: await fresh(w) } }),
  'POST /api/workflows/{id}/activate': async (w) => ({
    params: { id: await fresh(w) },
    body: { workflowVersion: 1 },
  }),
  'POST /api/workflows/{id}/pause': async (w) => ({ params: { id: await active(w) } }),
  'POST /api/workflows/{id}/archive': async (w) => ({ params: { id: await active(w) } }),
};
