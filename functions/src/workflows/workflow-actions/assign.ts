import type { StepConfig } from '../../modules/automations/steps.schema.ts';
import { companies } from '../../modules/companies/companies.public.ts';
import { contacts } from '../../modules/contacts/contacts.public.ts';
import { deals } from '../../modules/deals/deals.public.ts';
import { leads } from '../../modules/leads/leads.public.ts';
import { takeTurnAmong } from '../../modules/runs/runs.public.ts';
import type { SubjectType } from '../../modules/subjects/subjects.schema.ts';
import { users } from '../../modules/users/users.public.ts';
import { AppError } from '../../platform/errors.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { Action, StepContext } from './action.ts';
import { changeFields } from './change-record.ts';

type Strategy = StepConfig<'ASSIGN'>;
type Candidates = Exclude<Strategy, { readonly strategy: 'fixed' }>;

/** More people than a team should have. */
const MAX_CANDIDATES = 50;

/**
 * Gives the record to somebody. Whose turn it is is chosen in a commit of its own that claims the
 * choice for this run: so each run takes one turn, however often it is repeated and by how many
 * workers, and no two runs take the same.
 */
export const assign: Action<'ASSIGN'> = async (ctx, config) => {
  const ownerId = config.strategy === 'fixed' ? config.uid : await choose(ctx, config);
  const changed = await changeFields(ctx.caller, ctx.subject(), { ownerId });
  return { ...changed, ownerId };
};

async function choose(ctx: StepContext, config: Candidates): Promise<string> {
  const { caller, run, stepId } = ctx;
  const { recordType } = ctx.subject();
  const claimed = { ...caller, idempotency: ctx.keyOf('turn') };
  return runUnitOfWork(claimed, caller.principal.orgId, async (unit) => {
    const uids = await candidatesOf(unit, config);
    if (config.strategy === 'roundRobin') {
      return takeTurnAmong(unit, `${run.workflowId}_${stepId}`, uids);
    }
    const loads = await Promise.all(uids.map((uid) => countLoad(unit, recordType, uid)));
    const least = Math.min(...loads);
    // Of two with as little to do the first one.
    return uids[loads.indexOf(least)] ?? nobody();
  });
}

/** The active people among those named, in the order they are named; of a team by their ids. */
async function candidatesOf(unit: UnitOfWork, { uids, teamId }: Candidates): Promise<string[]> {
  const found =
    teamId === undefined
      ? await unit.findMany(users, uids ?? [])
      : new Map(
          (
            await unit.query(users, (query) =>
              query.where('teamId', '==', teamId).limit(MAX_CANDIDATES),
            )
          ).map((user) => [user.id, user]),
        );
  const ids = teamId === undefined ? (uids ?? []) : [...found.keys()].sort();
  const active = ids.filter((uid) => found.get(uid)?.active);
  return active.length > 0 ? active : nobody();
}

const owned = { contact: contacts, company: companies, lead: leads } as const;

/** How much somebody has of that kind: the open deals, or the records that are in use. */
function countLoad(unit: UnitOfWork, recordType: SubjectType, uid: string): Promise<number> {
  if (recordType === 'deal') {
    return unit.count(deals, (query) =>
      query
        .where('ownerId', '==', uid)
        .where('stageKind', '==', 'open')
        .where('deletedAt', '==', null),
    );
  }
  return unit.count(owned[recordType], (query) =>
    query.where('ownerId', '==', uid).where('deletedAt', '==', null),
  );
}

function nobody(): never {
  throw new AppError(
    'failed-precondition',
    'uids: none of the people the workflow assigns to is active; name others in the workflow, then have the run go on with its newest version',
    { field: 'uids' },
  );
}
