import { createRouter } from '../../functions/src/app/router.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import { createOrganisation } from '../support/organisation.ts';
import { requestOf, textIn } from '../support/request.ts';
import type { LoadRequest } from './load.ts';

/** One measured operation: as a request to the product, and as the same work done with the bare SDK. */
export interface Benchmark {
  readonly name: string;
  readonly request: () => LoadRequest;
  readonly raw: () => Promise<unknown>;
}

const BATCH = 500;

/** Makes the organisation and what is measured in it. The deals are copies of one made by the product. */
export async function createBenchmarks(
  deals: number,
): Promise<{ readonly token: string; readonly benchmarks: readonly Benchmark[] }> {
  const org = await createOrganisation();
  const token = await org.rep.token();
  const made = await requestOf(createRouter(), 'POST /api/deals', {
    token,
    body: { title: 'Website Redesign', value: 15_000 },
  });
  const collection = firestore().collection(`orgs/${org.orgId}/deals`);
  const template = (await collection.doc(textIn(made.body, 'id')).get()).data();
  if (template === undefined) throw new Error('the deal that was made is not there');
  const dealIds = await copyDeal(collection, template, deals);
  const anyDeal = () => dealIds[Math.floor(Math.random() * dealIds.length)] ?? '';
  const stages = [org.stages.QUALIFIED, org.stages.PROPOSAL];
  let moves = 0;
  const nextStage = () => stages[Math.floor(moves++ / dealIds.length) % 2] ?? '';
  const nextDeal = () => dealIds[moves % dealIds.length] ?? '';
  const own = collection
    .where('deletedAt', '==', null)
    .where('participantIds', 'array-contains', org.rep.uid)
    .orderBy('updatedAt', 'desc')
    .orderBy('__name__', 'desc')
    .limit(20);
  const benchmarks: Benchmark[] = [
    {
      name: 'create',
      request: () => ({
        method: 'POST',
        path: '/api/deals',
        body: { title: 'Website Redesign', value: 15_000 },
      }),
      raw: () => collection.doc(newId()).create(template),
    },
    {
      name: 'get',
      request: () => ({ method: 'GET', path: `/api/deals/${anyDeal()}` }),
      raw: () => collection.doc(anyDeal()).get(),
    },
    {
      name: `list 20 of own among ${deals.toLocaleString('en')}`,
      request: () => ({ method: 'GET', path: '/api/deals?limit=20' }),
      raw: () => own.get(),
    },
    {
      name: 'move stage',
      request: () => {
        const path = `/api/deals/${nextDeal()}/stage`;
        return { method: 'PATCH', path, body: { stage: nextStage() } };
      },
      raw: () => collection.doc(nextDeal()).update(movedTo(nextStage())),
    },
  ];
  return { token, benchmarks };
}

/** The fields that the product writes when a deal moves. */
function movedTo(stageId: string): Record<string, unknown> {
  const now = new Date();
  return {
    ...{ stageId, stageKind: 'open', stageKey: 'QUALIFIED', probability: 25, closedAt: null },
    ...{ version: 2, updatedAt: now, updatedBy: 'benchmark', cause: null },
  };
}

async function copyDeal(
  collection: FirebaseFirestore.CollectionReference,
  template: FirebaseFirestore.DocumentData,
  count: number,
): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  for (let start = 0; start < count; start += BATCH) {
    const batch = firestore().batch();
    for (const id of ids.slice(start, start + BATCH)) batch.create(collection.doc(id), template);
    await batch.commit();
  }
  return ids;
}
