import pMap from 'p-map';
import { z } from 'zod';
import type { StepResult } from '../modules/jobs/jobs.public.ts';
import { users } from '../modules/users/users.public.ts';
import { handOverSchema } from '../modules/users/users.schema.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { idSchema } from '../platform/text.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';
import { type OwnedKind, type OwnerChange, ownedKinds } from './owned-kinds.ts';

const CONCURRENCY = 8;

export const handOverInputSchema = handOverSchema;
export const followTeamInputSchema = z.strictObject({ userId: idSchema });

interface Step<I> {
  readonly input: I;
  readonly cursor: string | null;
  readonly limit: number;
}

/**
 * One step of moving all open records of one member to another: the successor takes the former
 * owner's share of each deal, as when a deal is reassigned; closed ones stay where they are. Each
 * record changes in a commit of its own, and only while it is still the former owner's, so a step
 * that was killed and runs again does the rest and nothing twice.
 * @throws AppError failed-precondition when the successor is not active any more
 */
export async function handOverStep(
  ctx: Context<Principal>,
  { input, cursor, limit }: Step<z.infer<typeof handOverInputSchema>>,
): Promise<StepResult> {
  const { fromUserId: from, toUserId: to } = input;
  const successor = await openUnit(ctx, ctx.principal.orgId).find(users, to);
  if (successor?.active !== true) {
    throw new AppError(
      'failed-precondition',
      `The records cannot go to '${to}', who is no active member any more; hand them to somebody else`,
    );
  }
  const change = changeOf(ctx);
  return stepThrough(change, { ownerId: from, cursor, limit }, 'handedOver', (kind, id) =>
    kind.handOver(change, id, { from, to }),
  );
}

/** One step of giving all records of a member, closed ones too, the team the member is on at present. */
export async function followTeamStep(
  ctx: Context<Principal>,
  { input, cursor, limit }: Step<z.infer<typeof followTeamInputSchema>>,
): Promise<StepResult> {
  const change = changeOf(ctx);
  return stepThrough(change, { ownerId: input.userId, cursor, limit }, 'moved', (kind, id) =>
    kind.followTeam(change, id, input.userId),
  );
}

function changeOf({ store, now, principal }: Context<Principal>): OwnerChange {
  return { store, now, orgId: principal.orgId, actor: principal.uid };
}

/** Does the next `limit` records of one kind; the cursor names the kind and the last record done. */
async function stepThrough(
  change: OwnerChange,
  { ownerId, cursor, limit }: { ownerId: string; cursor: string | null; limit: number },
  counted: string,
  work: (kind: OwnedKind, id: string) => Promise<boolean>,
): Promise<StepResult> {
  const { position, after } = readCursor(cursor);
  const kind = ownedKinds[position];
  if (kind === undefined) return { cursor, processed: 0, done: true };
  const ids = await kind.idsOf(change, { ownerId, after, limit });
  const outcomes = await pMap(ids, (id) => doOne(kind, id, work), { concurrency: CONCURRENCY });
  const errors = outcomes.flatMap(({ error }) => error ?? []);
  const isKindDone = ids.length < limit;
  const next = isKindDone ? position + 1 : position;
  return {
    cursor: `${next}:${isKindDone ? '' : (ids.at(-1) ?? '')}`,
    processed: ids.length,
    errors,
    counts: { [counted]: outcomes.filter(({ isChanged }) => isChanged).length },
    done: next >= ownedKinds.length,
  };
}

/** A record that breaks its schema must not keep the others back; everything else stops the step. */
async function doOne(
  kind: OwnedKind,
  id: string,
  work: (kind: OwnedKind, id: string) => Promise<boolean>,
) {
  try {
    return { isChanged: await work(kind, id), error: undefined };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const field = error.issues[0]?.path.map(String).join('.') ?? null;
    const item = `${kind.name} ${id}`;
    return { isChanged: false, error: { item, field, error: 'The stored record is damaged' } };
  }
}

function readCursor(cursor: string | null): { position: number; after: string } {
  const [position = '0', after = ''] = (cursor ?? '0:').split(':');
  return { position: Number(position), after };
}
