import { AppError } from '../../platform/errors.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { findListeners, putListener, removeListener } from '../listeners/listeners.public.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import {
  type Definition,
  MAX_WAITED_FOR,
  type WorkflowSettings,
  workflowSettingsSchema,
} from './automations.schema.ts';
import { allSteps } from './steps.schema.ts';

/**
 * Has a version of a workflow listen from this commit on: for what starts it, and for what its runs
 * may wait for. One that neither starts by events nor waits for any need not. Billed: two reads of
 * the book, one of the organisation and one write.
 * @throws AppError failed-precondition: too many listen, or for too much
 */
export async function listen(
  unit: UnitOfWork,
  workflowId: string,
  version: number,
  { trigger, condition, steps }: Definition,
): Promise<void> {
  const [listeners, { timeZone }] = await Promise.all([findListeners(unit), getOrg(unit)]);
  const former = listeners.find(({ id }) => id === workflowId);
  const settings = workflowSettingsSchema.safeParse(former?.settings);
  // Runs of the version before may still wait.
  const waitsFor = [...new Set([...waitedFor(steps), ...(settings.data?.waitsFor ?? [])])];
  const types = [...new Set([...(trigger.kind === 'event' ? trigger.types : []), ...waitsFor])];
  if (waitsFor.length > MAX_WAITED_FOR) {
    throw new AppError(
      'failed-precondition',
      `Its runs, with those of earlier versions, would wait for ${waitsFor.length} types of event, and ${MAX_WAITED_FOR} is the most; create another workflow from it instead`,
    );
  }
  if (types.length === 0) {
    if (former !== undefined) await removeListener(unit, workflowId);
    return;
  }
  const heard: WorkflowSettings = {
    ...{ version, timeZone, trigger, condition, waitsFor },
    isStarting: true,
  };
  await putListener(unit, { id: workflowId, kind: 'workflow', types, settings: heard });
}

/**
 * Has a workflow start for nothing from this commit on. What its runs wait for is heard on: one that
 * waits for a reply must not miss it because no others begin. Billed: two reads of the book and one write.
 */
export async function stopStarting(unit: UnitOfWork, workflowId: string): Promise<void> {
  const former = (await findListeners(unit)).find(({ id }) => id === workflowId);
  if (former === undefined) return;
  const settings = workflowSettingsSchema.safeParse(former.settings);
  if (!settings.success || settings.data.waitsFor.length === 0) {
    return removeListener(unit, workflowId);
  }
  const { waitsFor } = settings.data;
  await putListener(unit, {
    ...{ ...former, types: waitsFor },
    settings: { ...settings.data, isStarting: false },
  });
}

function waitedFor(steps: Definition['steps']): string[] {
  return [...allSteps(steps)].flatMap(({ step }) =>
    step.type === 'WAIT' ? (step.config.untilEvent ?? []) : [],
  );
}
