import { isDeepStrictEqual } from 'node:util';
import { hears } from '../listeners/listeners.public.ts';
import type { Clock, EventTrigger, Rule } from './automations.schema.ts';
import { evaluate } from './evaluate.ts';
import { type EvaluationScope, fieldOf } from './field-values.ts';

/**
 * Whether an event starts a workflow: its trigger hears the event and its condition holds. What
 * cannot be judged, because neither state of the record is known, starts nothing that asks for it.
 */
export function matches(
  { trigger, condition }: Rule,
  happening: EvaluationScope,
  clock: Clock,
): boolean {
  if (trigger.kind !== 'event' || !hearsEvent(trigger, happening)) return false;
  if (condition === null) return true;
  const isKnown = happening.before !== undefined || happening.after !== undefined;
  return isKnown && evaluate(condition, happening, clock);
}

/** Whether the trigger hears the event, whatever the condition says. */
function hearsEvent(trigger: EventTrigger, { event, before, after }: EvaluationScope): boolean {
  if (!hears(trigger.types, event.types)) return false;
  const { stageFrom, stageTo, field, tag } = trigger;
  const hasChanged = (path: string) =>
    before !== undefined &&
    after !== undefined &&
    !isDeepStrictEqual(fieldOf(before, path.split('.')), fieldOf(after, path.split('.')));
  const isAt = (state: object | undefined, stages: readonly string[]) =>
    ['stageId', 'stageKey'].some((name) =>
      stages.some((stage) => fieldOf(state, [name]) === stage),
    );
  if (stageFrom !== undefined && !(hasChanged('stageId') && isAt(before, stageFrom))) return false;
  if (stageTo !== undefined && !isAt(after, stageTo)) return false;
  if (stageTo !== undefined && before !== undefined && !hasChanged('stageId')) return false;
  if (field !== undefined && !hasChanged(field)) return false;
  return tag === undefined || hasTag(before, tag) !== hasTag(after, tag);
}

function hasTag(state: object | undefined, tag: string): boolean {
  const tags = fieldOf(state, ['tags']);
  return Array.isArray(tags) && tags.includes(tag);
}
