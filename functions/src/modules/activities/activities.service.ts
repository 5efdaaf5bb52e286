import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion } from '../../platform/records.ts';
import {
  binAbout,
  changeAbout,
  createAbout,
  getAbout,
  listAbout,
  restoreAbout,
} from '../subjects/subjects.public.ts';
import { activityKind } from './activities.kind.ts';
import type { Activity, ListActivities, NewActivity, UpdateActivity } from './activities.schema.ts';

type Caller = Context<Principal>;

/** Logs what the caller did about a record that they can see. @throws AppError not-found */
export function logActivity(ctx: Caller, input: NewActivity): Promise<Stored<Activity>> {
  const { recordType, recordId, occurredAt = ctx.now, ...activity } = input;
  return createAbout(ctx, activityKind, { recordType, recordId }, (about) => ({
    ...firstVersion({ actor: ctx.principal.uid, now: ctx.now }),
    ...about,
    ...activity,
    ...{ occurredAt, deletedAt: null },
  }));
}

/** The activity with this id. @throws AppError not-found */
export function getActivity(
  ctx: Caller,
  { activityId }: { activityId: string },
): Promise<Stored<Activity>> {
  return getAbout(ctx, activityKind, activityId);
}

/** Changes an activity. @throws AppError not-found, permission-denied, conflict (version) */
export function updateActivity(
  ctx: Caller,
  { activityId, version, ...change }: UpdateActivity,
): Promise<Stored<Activity>> {
  return changeAbout(ctx, activityKind, { id: activityId, version }, () => change);
}

/** Puts an activity into the bin. @throws AppError not-found, permission-denied */
export function deleteActivity(
  ctx: Caller,
  { activityId }: { activityId: string },
): Promise<{ id: string }> {
  return binAbout(ctx, activityKind, activityId);
}

/** Takes an activity out of the bin. @throws AppError not-found, permission-denied */
export function restoreActivity(
  ctx: Caller,
  { activityId }: { activityId: string },
): Promise<Stored<Activity>> {
  return restoreAbout(ctx, activityKind, activityId);
}

/** A page of activities, latest first. @throws AppError not-found (what they are about), invalid-argument */
export function listActivities(
  ctx: Caller,
  { type, ...query }: ListActivities,
): Promise<{ records: Stored<Activity>[]; nextCursor: string | null }> {
  return listAbout(ctx, activityKind, {
    ...query,
    order: { field: 'occurredAt', direction: 'desc' },
    filters: type === undefined ? [] : [['type', '==', type]],
  });
}
