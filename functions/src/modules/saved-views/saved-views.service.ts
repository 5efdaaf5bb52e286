import type { Context } from '../../platform/context.ts';
import { defined } from '../../platform/defined.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { teams } from '../teams/teams.public.ts';
import { users } from '../users/users.public.ts';
import { savedViews } from './saved-views.repository.ts';
import {
  type DealFilters,
  MAX_SAVED_VIEWS,
  type NewSavedView,
  OWN_DEALS,
  type SavedView,
  type SavedViewChange,
} from './saved-views.schema.ts';

type Caller = Context<Principal>;

/** The caller's views of the pipeline, in the order they were saved. One billed read. */
export async function listSavedViews(ctx: Caller): Promise<readonly SavedView[]> {
  const { orgId, uid } = ctx.principal;
  return (await openUnit(ctx, orgId).find(savedViews, uid))?.views ?? [];
}

/**
 * Keeps a view for the caller alone. Billed: one read, one each for the owner and the team that its
 * filters name, and one write.
 * @throws AppError already-exists (name), invalid-argument (filters.ownerId, filters.teamId),
 * resource-exhausted, conflict
 */
export function createSavedView(ctx: Caller, input: NewSavedView): Promise<SavedView> {
  return changeViews(ctx, async (views, unit) => {
    await requireKnown(unit, input.filters);
    requireFreeName(views, input.name);
    if (views.length >= MAX_SAVED_VIEWS) {
      throw new AppError(
        'resource-exhausted',
        `You have ${MAX_SAVED_VIEWS} saved views, which is the most; delete one first`,
      );
    }
    const view = { ...input, id: ctx.newId(), createdAt: ctx.now, updatedAt: ctx.now };
    return { views: [...views, view], answer: view };
  });
}

/**
 * Changes one of the caller's views. Billed as `createSavedView`.
 * @throws AppError not-found, already-exists (name), conflict,
 * invalid-argument (filters.ownerId, filters.teamId)
 */
export function changeSavedView(
  ctx: Caller,
  id: string,
  change: SavedViewChange,
): Promise<SavedView> {
  return changeViews(ctx, async (views, unit) => {
    const current = viewIn(views, id);
    await requireKnown(unit, change.filters ?? {});
    const others = views.filter((view) => view.id !== id);
    if (change.name !== undefined) requireFreeName(others, change.name);
    const changed = { ...current, ...defined(change), updatedAt: ctx.now };
    return { views: views.map((view) => (view.id === id ? changed : view)), answer: changed };
  });
}

/** Removes one of the caller's views for good. @throws AppError not-found, conflict */
export function deleteSavedView(ctx: Caller, id: string): Promise<{ id: string }> {
  return changeViews(ctx, async (views) => {
    viewIn(views, id);
    return { views: views.filter((view) => view.id !== id), answer: { id } };
  });
}

/** Changes the caller's views as a whole: of two changes at once the second begins anew. */
function changeViews<T>(
  ctx: Caller,
  change: (
    views: readonly SavedView[],
    unit: UnitOfWork,
  ) => Promise<{ views: SavedView[]; answer: T }>,
): Promise<T> {
  const { orgId, uid } = ctx.principal;
  return runUnitOfWork(ctx, orgId, async (unit) => {
    const current = await unit.find(savedViews, uid);
    const { views, answer } = await change(current?.views ?? [], unit);
    if (current === undefined) unit.create(savedViews, uid, { views });
    else unit.update(savedViews, current, { views });
    return answer;
  });
}

function viewIn(views: readonly SavedView[], id: string): SavedView {
  const found = views.find((view) => view.id === id);
  if (found === undefined) throw notFound('Saved view', id);
  return found;
}

function requireFreeName(views: readonly SavedView[], name: string): void {
  if (!views.some((view) => view.name === name)) return;
  throw new AppError('already-exists', `name: you have a view '${name}'; choose another name`, {
    field: 'name',
  });
}

/** A view is of people and teams that there are; somebody who has left still owned deals. */
async function requireKnown(unit: UnitOfWork, { ownerId, teamId }: DealFilters): Promise<void> {
  const named = ownerId === undefined || ownerId === OWN_DEALS ? undefined : ownerId;
  const [owner, team] = await Promise.all([
    named === undefined || unit.find(users, named),
    teamId === undefined || unit.find(teams, teamId),
  ]);
  if (owner === undefined) throw unknown('filters.ownerId', `user '${named}'`);
  if (team === undefined) throw unknown('filters.teamId', `team '${teamId}'`);
}

function unknown(field: string, what: string): AppError {
  return new AppError(
    'invalid-argument',
    `${field}: there is no ${what}; give the id of one of your organisation`,
    { field },
  );
}
