import { CronExpressionParser } from 'cron-parser';
import type { Definition, EventTrigger, Trigger } from './automations.schema.ts';
import { type Catalogue, findField, type Problem, recordTypesOfTrigger } from './catalogue.ts';
import { unknownField } from './check-conditions.ts';
import { canOccur } from './event-types.ts';

/** What is wrong in the trigger of a definition, but for the stages it names. */
export function triggerProblems(catalogue: Catalogue, { trigger }: Definition): Problem[] {
  const found =
    trigger.kind === 'event'
      ? eventProblems(catalogue, trigger)
      : trigger.kind === 'schedule'
        ? cronProblems(trigger.cron)
        : [];
  return found.map(({ path, message }) => ({ path: ['trigger', ...path], message }));
}

function eventProblems(catalogue: Catalogue, trigger: EventTrigger): Problem[] {
  const { types, stageFrom, stageTo, field, tag } = trigger;
  const found: Problem[] = types.flatMap((type, index) =>
    canOccur(type)
      ? []
      : [
          {
            path: ['types', index],
            message: `there are no events '${type}'; GET /api/workflows/operators lists those there are`,
          },
        ],
  );
  const recordTypes = recordTypesOfTrigger(trigger);
  const hasStages = recordTypes.includes('deal');
  if (!hasStages && (stageFrom ?? stageTo) !== undefined) {
    const path = [stageFrom === undefined ? 'stageTo' : 'stageFrom'];
    found.push({ path, message: 'only deals have stages; listen to events of deals' });
  }
  if (field !== undefined && typeof findField(catalogue, recordTypes, field) !== 'object') {
    found.push({ path: ['field'], message: unknownField(field, recordTypes) });
  }
  const hasTags = recordTypes.some((type) => catalogue.fieldsOf(type).has('tags'));
  if (tag !== undefined && !hasTags) {
    found.push({ path: ['tag'], message: `${recordTypes.join(', ')} records have no tags` });
  }
  return found;
}

function cronProblems(cron: string): Problem[] {
  try {
    CronExpressionParser.parse(cron, { tz: 'UTC' }).next();
    return [];
  } catch {
    const message =
      'never comes, or is no time: give minute hour day-of-month month day-of-week, such as 0 9 * * 1-5';
    return [{ path: ['cron'], message }];
  }
}

/** Whether what starts a workflow tells what its record was before. */
export function knowsBefore(trigger: Trigger): boolean {
  return trigger.kind === 'event';
}
