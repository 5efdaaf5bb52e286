import type { StepConfig } from '../../modules/automations/steps.schema.ts';
import { addCall } from '../../modules/deliveries/deliveries.public.ts';
import { notify } from '../../modules/notifications/notifications.public.ts';
import { users } from '../../modules/users/users.public.ts';
import { AppError } from '../../platform/errors.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { enqueueAll, type Task } from '../../platform/tasks.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { Action, StepContext } from './action.ts';
import { findSubjectOf, ownerOf } from './subject.ts';

/** More people with a role than there should be; one commit takes them. */
const MAX_TOLD = 100;

/** Leaves word for people, all in one commit; those who are not active are left out. */
export const notifyPeople: Action<'NOTIFY'> = async (ctx, config) => {
  const { caller, run, stepId } = ctx;
  const owner = config.owner ? ownerOf(await ctx.record()) : undefined;
  const { title, body = '' } = config;
  const subject = findSubjectOf(run);
  return runUnitOfWork(caller, caller.principal.orgId, async (unit) => {
    const uids = await peopleIn(unit, config, owner);
    for (const uid of uids) {
      notify(unit, {
        ...{ id: `${run.id}_${stepId}`, uid, kind: 'workflow', title, body, at: caller.now },
        ...subject,
      });
    }
    return { uids };
  });
};

async function peopleIn(
  unit: UnitOfWork,
  { uids = [], roles = [] }: StepConfig<'NOTIFY'>,
  owner: string | undefined,
): Promise<string[]> {
  const named = [...uids, ...(owner === undefined ? [] : [owner])];
  const [found, ...byRole] = await Promise.all([
    unit.findMany(users, named),
    ...roles.map((role) =>
      unit.query(users, (query) => query.where('role', '==', role).limit(MAX_TOLD)),
    ),
  ]);
  const people = [...found.values(), ...byRole.flat()].filter(({ active }) => active);
  const told = [...new Set(people.map(({ id }) => id))].sort().slice(0, MAX_TOLD);
  if (told.length > 0) return told;
  throw new AppError(
    'failed-precondition',
    'uids: none of the people to be notified is active; name others in the workflow, then have the run go on with its newest version',
    { field: 'uids' },
  );
}

/** Leaves a call of a web address to be made, with the event and the values of the step. */
export const callWebhook: Action<'CALL_WEBHOOK'> = async (ctx, { url, data = {} }) => {
  const { caller, run, stepId } = ctx;
  const tasks: Task[] = [];
  const result = await runUnitOfWork(caller, caller.principal.orgId, async (unit) => {
    const id = `${run.id}_${stepId}`;
    // Run again when a race was lost, it asks for the same task.
    tasks.push(addCall(unit, { id, url, body: bodyOf(ctx, data), at: caller.now }));
    return { deliveryId: id };
  });
  await enqueueAll(caller, tasks);
  return result;
};

function bodyOf({ run, stepId }: StepContext, data: object): object {
  const { workflowId, workflowVersion, eventId, recordType, recordId, scene } = run;
  const { types, at, before, after } = scene.event;
  return {
    ...{ workflowId, workflowVersion, runId: run.id, stepId },
    event: { id: eventId, types, at, recordType, recordId, before, after },
    data,
  };
}
