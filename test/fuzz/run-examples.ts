import { storeFailedRun } from '../automations/stored-runs.ts';
import type { MakeExample } from './example.ts';
import type { FuzzWorld } from './fuzz-world.ts';

const definition = {
  trigger: { kind: 'event', types: ['deal.created'] },
  condition: { field: 'title', operator: 'is_not_empty' },
  steps: [
    { id: 'wait', type: 'WAIT', config: { minutes: 5 } },
    { id: 'note', type: 'CREATE_NOTE', config: { text: 'Call about {{deal.title}}' } },
  ],
};

const byHand = {
  name: 'By hand',
  status: 'ACTIVE',
  definition: { ...definition, trigger: { kind: 'manual', recordType: 'deal' } },
};

const fresh = (w: FuzzWorld) => w.make('/api/workflows', { name: 'Deals', definition });
const failed = async (w: FuzzWorld) => storeFailedRun(w.org, await fresh(w));
const failedRun: MakeExample = async (w) => ({ params: { id: await failed(w) } });

/** Requests about the runs of workflows, and about trying workflows. */
export const runExamples: Record<string, MakeExample> = {
  'GET /api/runs': async (w) => ({
    query: { limit: '5', status: 'failed', recordId: await w.fresh('deals') },
  }),
  'GET /api/runs/{id}': failedRun,
  'GET /api/runs/{id}/replay': failedRun,
  'POST /api/runs/redrive': async (w) => ({
    isBatch: true,
    body: { ids: [await failed(w), await failed(w)], version: 'newest' },
  }),
  'POST /api/runs/{id}/redrive': async (w) => ({
    ...(await failedRun(w)),
    body: { version: 'pinned' },
  }),
  'POST /api/workflows/{id}/runs': async (w) => ({
    params: { id: await w.make('/api/workflows', byHand) },
    body: { recordType: 'deal', recordId: await w.fresh('deals') },
  }),
  'POST /api/workflows/{id}/dry-run': async (w) => ({
    params: { id: await fresh(w) },
    body: { recordType: 'deal', recordId: await w.fresh('deals'), definition },
  }),
  'POST /api/workflows/{id}/backtest': async (w) => ({
    params: { id: await fresh(w) },
    body: { definition, from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  }),
};
