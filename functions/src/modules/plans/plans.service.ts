import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError, withinField } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { changeRecord, firstVersion, updateRecord } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { teams } from '../teams/teams.public.ts';
import { users } from '../users/users.public.ts';
import { PLAN_BOOK_ID, planBooks, plans, planVersions } from './plans.repository.ts';
import type { NewPlan, NewPlanVersion, Plan, PlanVersion, UpdatePlan } from './plans.schema.ts';

type Caller = Context<Principal>;

/** One document holds the book: about a megabyte of terms. */
const MAX_VERSIONS_IN_USE = 200;
const MAX_PLANS = 200;

/** A plan with the terms that were published last. */
export interface PlanWithTerms {
  readonly plan: Stored<Plan>;
  readonly terms: PlanVersion;
}

/**
 * Creates a plan with its first version.
 * @throws AppError permission-denied, invalid-argument (terms.assignment)
 */
export async function createPlan(ctx: Caller, input: NewPlan): Promise<PlanWithTerms> {
  requireOrgAccess(ctx.principal, 'create', 'plan');
  const planId = ctx.newId();
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const plan = unit.create(plans, planId, {
      ...firstVersion({ actor: ctx.principal.uid, now: ctx.now }),
      name: input.name,
      description: input.description ?? null,
      versions: 1,
      archivedAt: null,
    });
    const terms = await withinField('terms', () => publish(unit, ctx, plan, input.terms));
    return { plan, terms };
  });
}

/**
 * Publishes new terms of a plan. Deals won before keep the terms they were won on.
 * @throws AppError not-found, permission-denied, failed-precondition (archived),
 * invalid-argument (assignment)
 */
export async function publishPlanVersion(
  ctx: Caller,
  planId: string,
  input: NewPlanVersion,
): Promise<PlanWithTerms> {
  requireOrgAccess(ctx.principal, 'update', 'plan');
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const found = await unit.get(plans, planId);
    requireInUse(found);
    const change = { actor: ctx.principal.uid, now: ctx.now };
    const plan = updateRecord(unit, plans, found, { versions: found.versions + 1 }, change);
    return { plan, terms: await publish(unit, ctx, plan, input) };
  });
}

/** Renames a plan. @throws AppError not-found, permission-denied, failed-precondition (archived) */
export async function updatePlan(
  ctx: Caller,
  { planId, ...change }: UpdatePlan,
): Promise<Stored<Plan>> {
  requireOrgAccess(ctx.principal, 'update', 'plan');
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const plan = await unit.get(plans, planId);
    requireInUse(plan);
    return changeRecord(unit, plans, plan, change, { actor: ctx.principal.uid, now: ctx.now });
  });
}

/**
 * Takes a plan out of use for deals won from now on; what was won on it stays as it is.
 * @throws AppError not-found, permission-denied
 */
export async function archivePlan(ctx: Caller, planId: string): Promise<Stored<Plan>> {
  requireOrgAccess(ctx.principal, 'delete', 'plan');
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const plan = await unit.get(plans, planId);
    if (plan.archivedAt !== null) return plan;
    const book = await unit.get(planBooks, PLAN_BOOK_ID);
    const versions = book.versions.filter((version) => version.planId !== planId);
    unit.update(planBooks, book, { versions });
    const change = { actor: ctx.principal.uid, now: ctx.now };
    return updateRecord(unit, plans, plan, { archivedAt: ctx.now }, change);
  });
}

/** The plan with this id and its versions, latest first. @throws AppError not-found, permission-denied */
export async function getPlan(
  ctx: Caller,
  planId: string,
): Promise<{ plan: Stored<Plan>; versions: PlanVersion[] }> {
  requireOrgAccess(ctx.principal, 'read', 'plan');
  const unit = openUnit(ctx, ctx.principal.orgId);
  const [plan, versions] = await Promise.all([
    unit.get(plans, planId),
    unit.query(planVersions, (query) =>
      query.where('planId', '==', planId).orderBy('number', 'desc').limit(MAX_VERSIONS_IN_USE),
    ),
  ]);
  return { plan, versions };
}

/** The plans in use, or those archived, by name. @throws AppError permission-denied */
export async function listPlans(
  ctx: Caller,
  { archived }: { archived: boolean },
): Promise<Stored<Plan>[]> {
  requireOrgAccess(ctx.principal, 'read', 'plan');
  return openUnit(ctx, ctx.principal.orgId).query(plans, (query) =>
    archived
      ? query.where('archivedAt', '>', new Date(0)).orderBy('archivedAt').limit(MAX_PLANS)
      : query.where('archivedAt', '==', null).orderBy('name').limit(MAX_PLANS),
  );
}

/** Every version of the plans in use. One billed read. */
export async function listPlansInUse(unit: UnitOfWork): Promise<readonly PlanVersion[]> {
  return (await unit.find(planBooks, PLAN_BOOK_ID))?.versions ?? [];
}

/** Adds a version and puts it into the book, whose precondition makes publications follow one another. */
async function publish(
  unit: UnitOfWork,
  { principal, now }: Caller,
  plan: Stored<Plan>,
  { effectiveFrom = now, effectiveTo = null, ...terms }: NewPlanVersion,
): Promise<PlanVersion> {
  const [book] = await Promise.all([
    unit.find(planBooks, PLAN_BOOK_ID),
    requireAssignable(unit, terms.assignment),
  ]);
  const version: PlanVersion = {
    ...terms,
    ...{ planId: plan.id, planName: plan.name, number: plan.versions },
    ...{ effectiveFrom, effectiveTo: effectiveTo ?? null },
    ...{ publishedAt: now, publishedBy: principal.uid },
  };
  unit.create(planVersions, `${plan.id}_${plan.versions}`, version);
  const versions = [...(book?.versions ?? []), version];
  if (versions.length > MAX_VERSIONS_IN_USE) {
    throw new AppError(
      'failed-precondition',
      `There are ${MAX_VERSIONS_IN_USE} versions of plans in use; archive plans that are over`,
    );
  }
  if (book === undefined) unit.create(planBooks, PLAN_BOOK_ID, { versions });
  else unit.update(planBooks, book, { versions });
  return version;
}

async function requireAssignable(
  unit: UnitOfWork,
  { userIds, teamIds }: PlanVersion['assignment'],
): Promise<void> {
  const [people, groups] = await Promise.all([
    unit.findMany(users, userIds),
    unit.findMany(teams, teamIds),
  ]);
  const stranger = userIds.find((uid) => !people.has(uid));
  const noTeam = teamIds.find((teamId) => groups.get(teamId)?.deletedAt !== null);
  if (stranger !== undefined) throw unknown('assignment.userIds', 'member', stranger);
  if (noTeam !== undefined) throw unknown('assignment.teamIds', 'team', noTeam);
}

function unknown(field: string, what: string, id: string): AppError {
  const message = `${field}: there is no ${what} '${id}'; give ids of your organisation`;
  return new AppError('invalid-argument', message, { field });
}

function requireInUse({ archivedAt }: Plan): void {
  if (archivedAt === null) return;
  throw new AppError('failed-precondition', 'The plan is archived; create a new one');
}
