import { z } from 'zod';
import { type Collection, orgCollection } from '../../platform/collection.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';

const turnSchema = z.strictObject({ taken: z.int().min(0), last: z.string() });
type Turn = z.infer<typeof turnSchema>;

/** Whose turn it is at a step that assigns in turn, `orgs/{orgId}/turns/{workflowId}_{stepId}`. */
const turns: Collection<Turn> = orgCollection('turns', 'Turn', turnSchema);

/**
 * Takes the next turn: the one after who was last, in the order given. The counter's precondition
 * makes such commits follow one another. One billed read, one write.
 */
export async function takeTurnAmong(
  unit: UnitOfWork,
  id: string,
  uids: readonly string[],
): Promise<string> {
  const turn = await unit.find(turns, id);
  // Who has left since is not in the list; then it begins anew.
  const next = uids[(uids.indexOf(turn?.last ?? '') + 1) % uids.length];
  if (next === undefined) throw new RangeError('nobody to take a turn');
  if (turn === undefined) unit.create(turns, id, { taken: 1, last: next });
  else unit.update(turns, turn, { taken: turn.taken + 1, last: next });
  return next;
}
