import { requireAccess } from '../modules/access/access.public.ts';
import { getWorkflowVersion, matches } from '../modules/automations/automations.public.ts';
import type { Definition } from '../modules/automations/automations.schema.ts';
import { allSteps, type Step } from '../modules/automations/steps.schema.ts';
import { runs } from '../modules/runs/runs.public.ts';
import type { LogEntry, Replay, Run } from '../modules/runs/runs.schema.ts';
import type { Context } from '../platform/context.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';
import { chooseBranch } from './workflow-actions/decide.ts';

/**
 * Makes the decisions of a run again: whether its workflow was to run at all, and which branches it
 * took, each on the event and the states that are stored with the run, at the time of then. Billed:
 * two reads.
 * @throws AppError not-found
 */
export async function replayRun(ctx: Context<Principal>, runId: string): Promise<Replay> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  const run = await unit.get(runs, runId);
  requireAccess(ctx.principal, 'read', 'run', run);
  const definitions = await definitionsOf(unit, run);
  const decisions: Replay['decisions'] = [];
  // Other runs were started by somebody, or by the clock.
  if (run.origin === 'event') decisions.push(startAgain(run, definitions));
  for (const entry of run.log) {
    const step = definitions.get(entry.version)?.steps.get(entry.stepId);
    if (step?.type === 'BRANCH' && entry.outcome === 'branched') {
      decisions.push(branchAgain(run, entry, step));
    }
  }
  const same = decisions.every(({ recorded, recomputed }) => recorded === recomputed);
  return { runId, workflowVersion: run.workflowVersion, same, decisions };
}

interface Decided {
  readonly definition: Definition;
  readonly steps: ReadonlyMap<string, Step>;
}

/** The versions that the run was decided by: one, unless a person had it go on with another. */
async function definitionsOf(
  unit: UnitOfWork,
  { workflowId, workflowVersion, scene, log }: Run,
): Promise<ReadonlyMap<number, Decided>> {
  const numbers = new Set([scene.version, workflowVersion, ...log.map(({ version }) => version)]);
  const found = await Promise.all(
    [...numbers].map(async (number): Promise<[number, Decided]> => {
      const { definition } = await getWorkflowVersion(unit, workflowId, number);
      const steps = [...allSteps(definition.steps)].map(({ step }) => [step.id, step] as const);
      return [number, { definition, steps: new Map(steps) }];
    }),
  );
  return new Map(found);
}

function startAgain(
  { scene }: Run,
  definitions: ReadonlyMap<number, Decided>,
): Replay['decisions'][number] {
  const { event, before, after, decidedAt: now, timeZone, version } = scene;
  const states = { before: before ?? undefined, after: after ?? undefined };
  const definition = definitions.get(version)?.definition;
  const recomputed =
    definition !== undefined && matches(definition, { event, ...states }, { now, timeZone });
  return { stepId: null, at: now.toISOString(), recorded: true, recomputed };
}

function branchAgain(
  { scene }: Run,
  { stepId, at, result, decidedOn }: LogEntry,
  { config }: Extract<Step, { readonly type: 'BRANCH' }>,
): Replay['decisions'][number] {
  const recorded = typeof result.branch === 'number' ? result.branch : 'otherwise';
  const recomputed = chooseBranch(config, { scene, state: decidedOn ?? undefined, now: at });
  return { stepId, at: at.toISOString(), recorded, recomputed };
}
