import { z } from 'zod';
import { type Collection, orgCollection, type Stored } from './collection.ts';
import type { UnitOfWork } from './unit-of-work.ts';

const guardSchema = z.strictObject({ revision: z.int().min(1), touchedAt: z.date() });
type Guard = z.infer<typeof guardSchema>;

const guards: Collection<Guard> = orgCollection('guards', 'Guard', guardSchema);

/**
 * Makes units of work that rely on one condition exclude each other: each writes the guard, so of
 * two that ran side by side the later one fails, and is run again. Read what the condition depends
 * on *after* this call; what was read before may be out of date although the guard was not.
 */
export async function holdGuard(unit: UnitOfWork, id: string, now: Date): Promise<void> {
  writeGuard(unit, id, await unit.find(guards, id), now);
}

/** Holds the guard unless that was done within the pause; answers whether it is the caller's turn. */
export async function takeTurn(
  unit: UnitOfWork,
  id: string,
  { now, pauseMs }: { readonly now: Date; readonly pauseMs: number },
): Promise<boolean> {
  const guard = await unit.find(guards, id);
  if (guard !== undefined && now.getTime() - guard.touchedAt.getTime() < pauseMs) return false;
  writeGuard(unit, id, guard, now);
  return true;
}

function writeGuard(
  unit: UnitOfWork,
  id: string,
  guard: Stored<Guard> | undefined,
  now: Date,
): void {
  if (guard === undefined) unit.create(guards, id, { revision: 1, touchedAt: now });
  else unit.update(guards, guard, { revision: guard.revision + 1, touchedAt: now });
}
