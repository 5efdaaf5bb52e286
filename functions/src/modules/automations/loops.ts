import { hears } from '../listeners/listeners.public.ts';
import type { Definition } from './automations.schema.ts';
import { subjectsOfTrigger } from './catalogue.ts';
import { allSteps, type Step } from './steps.schema.ts';

/** The types of event that a step brings about on a record of a kind, as far as can be said. */
function effectsOf(step: Step, subject: string): string[] {
  switch (step.type) {
    case 'ADD_TAG':
      return [`${subject}.tag_added`];
    case 'REMOVE_TAG':
      return [`${subject}.tag_removed`];
    case 'UPDATE_FIELDS':
      return [
        `${subject}.updated`,
        ...('value' in step.config.fields ? ['deal.value_changed'] : []),
      ];
    case 'MOVE_STAGE':
      return ['deal.stage_changed'];
    case 'ASSIGN':
      return [`${subject}.reassigned`];
    case 'CREATE_TASK':
      return ['task.created'];
    case 'CREATE_NOTE':
      return ['note.created'];
    case 'CREATE_APPOINTMENT':
      return ['appointment.created'];
    case 'CREATE_DEAL':
      return ['deal.created'];
    default:
      return [];
  }
}

/**
 * The steps whose effect may start the workflow again. That is allowed, for a condition can end it;
 * what does not end is cut at a depth.
 */
export function selfCausing({
  trigger,
  steps,
}: Definition): readonly { step: Step; type: string }[] {
  if (trigger.kind !== 'event') return [];
  const subjects = subjectsOfTrigger(trigger);
  return [...allSteps(steps)].flatMap(({ step }) => {
    const isOtherTag =
      trigger.tag !== undefined &&
      (step.type === 'ADD_TAG' || step.type === 'REMOVE_TAG') &&
      step.config.tag !== trigger.tag;
    const type = subjects
      .flatMap((subject) => effectsOf(step, subject))
      .find((effect) => hears(trigger.types, [effect]));
    return type === undefined || isOtherTag ? [] : [{ step, type }];
  });
}
