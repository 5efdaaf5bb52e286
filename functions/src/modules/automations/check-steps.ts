import type { z } from 'zod';
import { companyChangeSchema } from '../companies/companies.schema.ts';
import { contactChangeSchema } from '../contacts/contacts.schema.ts';
import { dealChangeSchema } from '../deals/deals.schema.ts';
import { leadChangeSchema } from '../leads/leads.schema.ts';
import type { Definition } from './automations.schema.ts';
import {
  type Catalogue,
  findField,
  type Problem,
  recordTypesOfTrigger,
  subjectsOfTrigger,
} from './catalogue.ts';
import { conditionProblems, misfit, unknownField } from './check-conditions.ts';
import { canOccur } from './event-types.ts';
import { mergeFieldsOf, templateProblem } from './merge-fields.ts';
import { textsOf } from './step-templates.ts';
import { allSteps, type Step, type StepType } from './steps.schema.ts';
import { fieldsOfTemplate } from './templates.ts';

/** What steps are about, and what they can name. */
interface Scene {
  readonly catalogue: Catalogue;
  readonly recordTypes: readonly string[];
  readonly subjects: readonly string[];
  readonly mergeFields: ReadonlySet<string>;
}

/** What is wrong in the steps of a definition, but for what they name of the organisation. */
export function stepProblems(catalogue: Catalogue, { trigger, steps }: Definition): Problem[] {
  const subjects = subjectsOfTrigger(trigger);
  const scene: Scene = {
    ...{ catalogue, subjects, recordTypes: recordTypesOfTrigger(trigger) },
    mergeFields: new Set(mergeFieldsOf(catalogue, subjects)),
  };
  return [
    ...unreached(steps, ['steps']),
    ...[...allSteps(steps, ['steps'])].flatMap(({ step, path }) =>
      problemsOf(scene, step).map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
    ),
  ];
}

/** Which kinds of record a step works on; one that is not named here works on anything. */
const worksOn: Partial<Readonly<Record<StepType, readonly string[]>>> = {
  ...{ MOVE_STAGE: ['deal'] },
  ...{ SEND_SMS: ['deal', 'contact'], SEND_WHATSAPP: ['deal', 'contact'] },
  ...{ DRAFT_MESSAGE: ['deal', 'contact'], CREATE_APPOINTMENT: ['deal', 'contact'] },
  ...anySubject('ADD_TAG', 'REMOVE_TAG', 'UPDATE_FIELDS', 'ASSIGN', 'CREATE_TASK', 'CREATE_NOTE'),
};

function anySubject(...types: StepType[]): Partial<Record<StepType, readonly string[]>> {
  return Object.fromEntries(types.map((type) => [type, ['deal', 'contact', 'company', 'lead']]));
}

function problemsOf(scene: Scene, step: Step): Problem[] {
  const needed = worksOn[step.type];
  const found: Problem[] = [];
  if (needed !== undefined && !scene.subjects.some((type) => needed.includes(type))) {
    const message = `${step.type} works on a ${needed.join(' or ')}, and what starts the workflow is about none`;
    found.push({ path: ['type'], message });
  }
  return [...found, ...textProblems(scene, step), ...settingProblems(scene, step)];
}

function textProblems({ mergeFields }: Scene, step: Step): Problem[] {
  return textsOf(step).flatMap(({ path, text, isTemplate }) => {
    const message = isTemplate
      ? templateProblem(text, mergeFields)
      : fieldsOfTemplate(text).length > 0 && 'takes no merge fields; write it out';
    return message ? [{ path, message: `step '${step.id}': ${message}` }] : [];
  });
}

function settingProblems(scene: Scene, step: Step): Problem[] {
  const { catalogue, recordTypes, subjects } = scene;
  const types = [...new Set([...recordTypes, ...subjects])];
  switch (step.type) {
    case 'UPDATE_FIELDS':
      return Object.entries(step.config.fields).flatMap(([name, value]) => {
        const message = updateProblem(scene, name, value);
        return message === undefined ? [] : [{ path: ['config', 'fields', name], message }];
      });
    case 'WAIT': {
      const { untilField, untilEvent = [] } = step.config;
      const unknown = untilEvent.flatMap((type, index) =>
        canOccur(type)
          ? []
          : [{ path: ['config', 'untilEvent', index], message: `there are no events '${type}'` }],
      );
      const message = untilField && timeProblem(catalogue, types, untilField);
      return message ? [...unknown, { path: ['config', 'untilField'], message }] : unknown;
    }
    case 'BRANCH':
      return step.config.branches.flatMap(({ condition }, index) =>
        conditionProblems(catalogue, types, condition, ['config', 'branches', index, 'condition']),
      );
    default:
      return [];
  }
}

function timeProblem(
  catalogue: Catalogue,
  recordTypes: readonly string[],
  path: string,
): string | undefined {
  const field = findField(catalogue, recordTypes, path);
  if (field === undefined) return unknownField(path, recordTypes);
  if (field === 'anything' || field.type === 'day' || field.type === 'instant') return undefined;
  return `'${path}' is no date; wait until a field that is one`;
}

const changes: Readonly<Record<string, z.ZodObject>> = {
  deal: dealChangeSchema,
  contact: contactChangeSchema,
  company: companyChangeSchema,
  lead: leadChangeSchema,
};
/** What has steps of its own, or is no single value. */
const notUpdated: ReadonlySet<string> = new Set([
  ...['stage', 'ownerId', 'tags', 'customFields', 'externalIds', 'splits', 'contactIds'],
  ...['memberships', 'lostReason'],
]);

/** What is wrong with setting a field of the workflow's record to a value. */
function updateProblem(
  { catalogue, subjects }: Scene,
  name: string,
  value: unknown,
): string | undefined {
  const isTemplate = typeof value === 'string' && fieldsOfTemplate(value).length > 0;
  if (name.startsWith('customFields.')) {
    const field = findField(catalogue, subjects, name);
    if (field === undefined || field === 'anything') return unknownField(name, subjects);
    if (isTemplate || value === null) return undefined;
    return (Array.isArray(value) ? value : [value])
      .map((part) => misfit(field, part))
      .find((problem) => problem !== undefined);
  }
  const schemas = subjects.flatMap((type) => {
    const shape = changes[type]?.shape ?? {};
    return Object.hasOwn(shape, name) && !notUpdated.has(name) ? [shape[name]] : [];
  });
  if (schemas.length === 0) {
    return `cannot be set by this step on ${subjects.join(', ')} records; tags, owner and stage have steps of their own`;
  }
  // What a template comes to is known when the step is done.
  if (isTemplate) return undefined;
  const results = schemas.map((schema) => schema?.safeParse(value));
  if (results.some((result) => result?.success)) return undefined;
  return results[0]?.error?.issues[0]?.message;
}

/** Steps that come after the end of their list of steps. */
function unreached(steps: readonly Step[], path: readonly PropertyKey[]): Problem[] {
  const end = steps.findIndex(isEnd);
  const isAfter = end >= 0 && end < steps.length - 1;
  const message = `is never reached: everything ends with step '${steps[end]?.id}' before it`;
  return [
    ...(isAfter ? [{ path: [...path, end + 1], message }] : []),
    ...steps.flatMap((step, index) => {
      if (step.type !== 'BRANCH') return [];
      const here = [...path, index, 'config'];
      return [
        ...step.config.branches.flatMap((branch, number) =>
          unreached(branch.steps, [...here, 'branches', number, 'steps']),
        ),
        ...unreached(step.config.otherwise, [...here, 'otherwise']),
      ];
    }),
  ];
}

function isEnd(step: Step): boolean {
  if (step.type === 'STOP') return true;
  if (step.type !== 'BRANCH') return false;
  const lists = [...step.config.branches.map(({ steps }) => steps), step.config.otherwise];
  return lists.every((list) => list.some(isEnd));
}
