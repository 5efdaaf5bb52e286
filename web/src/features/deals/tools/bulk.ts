import type { Deal, Stage } from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Rest, Stored } from '../../../data/port.ts';
import { toProblem } from '../../../data/problem.ts';
import { readAnswer } from '../../../data/records.ts';

/** What is done with many deals at once. */
export type BulkAction =
  | { readonly kind: 'owner'; readonly ownerId: string; readonly name: string }
  | { readonly kind: 'move'; readonly stage: Stored<Stage> }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'restore' };

export interface BulkFailure {
  readonly deal: Stored<Deal>;
  readonly reason: string;
}

/** How far it has come; each deal fares by itself. */
export interface BulkProgress {
  readonly total: number;
  readonly done: readonly Stored<Deal>[];
  readonly failures: readonly BulkFailure[];
}

const answerSchema = z.object({
  results: z.array(
    z.union([
      z.object({ id: z.string(), success: z.literal(true) }),
      z.object({
        ...{ id: z.string(), success: z.literal(false) },
        error: z.object({ error: z.string() }),
      }),
    ]),
  ),
});

/** Small enough that progress shows, large enough that few requests do. */
const AT_ONCE = 20;
/** Deals that are changed each by a request of its own, side by side. */
const SIDE_BY_SIDE = 4;

/** Does it part by part and tells after each; stops between two parts when `isStopped` says so. */
export async function runBulk(
  rest: Rest,
  deals: readonly Stored<Deal>[],
  action: BulkAction,
  { onProgress, isStopped }: { onProgress: (now: BulkProgress) => void; isStopped: () => boolean },
): Promise<BulkProgress> {
  let now: BulkProgress = { total: deals.length, done: [], failures: [] };
  const change = jointChange(action);
  const size = change === undefined ? SIDE_BY_SIDE : AT_ONCE;
  for (let start = 0; start < deals.length && !isStopped(); start += size) {
    const part = deals.slice(start, start + size);
    const failures =
      change === undefined
        ? await doEach(rest, part, action)
        : await doTogether(rest, part, change);
    const failed = new Set(failures.map(({ deal }) => deal.id));
    now = {
      total: deals.length,
      done: [...now.done, ...part.filter(({ id }) => !failed.has(id))],
      failures: [...now.failures, ...failures],
    };
    onProgress(now);
  }
  return now;
}

/** The change that is the same for every deal. */
function jointChange(action: BulkAction): object | undefined {
  if (action.kind === 'owner') return { ownerId: action.ownerId };
  if (action.kind === 'move') return { stage: action.stage.id };
  return undefined;
}

async function doTogether(
  rest: Rest,
  part: readonly Stored<Deal>[],
  change: object,
): Promise<BulkFailure[]> {
  try {
    const body = { ids: part.map(({ id }) => id), change };
    const { results } = readAnswer(answerSchema, await rest.send('POST', '/api/deals/bulk', body));
    const reasons = new Map(
      results.flatMap((row) => (row.success ? [] : [[row.id, row.error.error] as const])),
    );
    return part.flatMap((deal) => {
      const reason = reasons.get(deal.id);
      return reason === undefined ? [] : [{ deal, reason }];
    });
  } catch (error) {
    return part.map((deal) => ({ deal, reason: toProblem(error).message }));
  }
}

async function doEach(
  rest: Rest,
  part: readonly Stored<Deal>[],
  action: BulkAction,
): Promise<BulkFailure[]> {
  const tries = part.map(async (deal): Promise<BulkFailure[]> => {
    try {
      await doOne(rest, deal, action);
      return [];
    } catch (error) {
      return [{ deal, reason: toProblem(error).message }];
    }
  });
  return (await Promise.all(tries)).flat();
}

async function doOne(rest: Rest, deal: Stored<Deal>, action: BulkAction): Promise<void> {
  const path = `/api/deals/${deal.id}`;
  if (action.kind === 'delete') await rest.send('DELETE', path);
  if (action.kind === 'restore') await rest.send('POST', `${path}/restore`);
  if (action.kind !== 'tag' || deal.tags.includes(action.tag)) return;
  // With the version: tags that somebody else adds meanwhile are not to be lost.
  const { version, tags } = deal;
  await rest.send('PATCH', path, { version, tags: [...tags, action.tag] });
}
