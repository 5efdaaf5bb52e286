import { AppError } from '../../platform/errors.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { customFieldsOf } from '../fields/fields.public.ts';
import { type FieldRecordType, fieldRecordTypeSchema } from '../fields/fields.schema.ts';
import { findStageByRef } from '../stages/stages.public.ts';
import { teams } from '../teams/teams.public.ts';
import { users } from '../users/users.public.ts';
import type { Definition } from './automations.schema.ts';
import type { Catalogue, Problem } from './catalogue.ts';
import { recordTypesOfTrigger, subjectsOfTrigger } from './catalogue.ts';
import { conditionProblems } from './check-conditions.ts';
import { stepProblems } from './check-steps.ts';
import { knowsBefore, triggerProblems } from './check-trigger.ts';
import { comparisonsOf } from './conditions.schema.ts';
import { selfCausing } from './loops.ts';
import { fieldsOf } from './record-fields.ts';
import { type Reference, referencesOf } from './references.ts';

/** What is allowed and yet looks like a mistake. */
export interface Warning {
  readonly code: 'loop' | 'never-holds';
  readonly field: string;
  readonly message: string;
}

/**
 * Checks a definition against what the organisation has. Billed: one read for each kind of record
 * with fields of its own, and one for each stage, person and team that is named.
 * @throws AppError invalid-argument: the path of the field at fault
 */
export async function checkDefinition(
  unit: UnitOfWork,
  definition: Definition,
): Promise<Warning[]> {
  const catalogue = await loadCatalogue(unit, typesIn(definition));
  const { trigger, condition } = definition;
  const recordTypes = recordTypesOfTrigger(trigger);
  refuse([
    ...triggerProblems(catalogue, definition),
    ...(condition === null
      ? []
      : conditionProblems(catalogue, recordTypes, condition, ['condition'])),
    ...stepProblems(catalogue, definition),
  ]);
  refuse(await findMissing(unit, referencesOf(catalogue, definition)));
  return warningsOf(definition);
}

/** The fields of these kinds of record. Billed: one read for each that organisations add fields to. */
export async function loadCatalogue(
  unit: UnitOfWork,
  recordTypes: readonly string[],
): Promise<Catalogue> {
  const types = recordTypes.filter(
    (type): type is FieldRecordType => fieldRecordTypeSchema.safeParse(type).success,
  );
  const custom = await customFieldsOf(unit, types);
  const known = new Map(recordTypes.map((type) => [type, fieldsOf(type, custom.get(type) ?? [])]));
  return { fieldsOf: (type) => known.get(type) ?? fieldsOf(type) };
}

/** The kinds of record whose fields a definition can name, in conditions or in templates. */
function typesIn({ trigger }: Definition): string[] {
  const subjects = subjectsOfTrigger(trigger);
  const related = subjects.includes('deal') || subjects.includes('contact');
  return [
    ...new Set([
      ...recordTypesOfTrigger(trigger),
      ...subjects,
      ...(related ? ['contact', 'company'] : []),
    ]),
  ];
}

function refuse([problem]: readonly Problem[]): void {
  if (problem === undefined) return;
  const field = problem.path.map(String).join('.');
  throw new AppError('invalid-argument', `${field}: ${problem.message}`, { field });
}

async function findMissing(unit: UnitOfWork, references: readonly Reference[]): Promise<Problem[]> {
  const idsOf = (kind: Reference['kind']) => [
    ...new Set(references.filter((found) => found.kind === kind).map(({ id }) => id)),
  ];
  const [people, groups, stages] = await Promise.all([
    unit.findMany(users, idsOf('user')),
    unit.findMany(teams, idsOf('team')),
    Promise.all(idsOf('stage').map(async (ref) => [ref, await findStageByRef(unit, ref)] as const)),
  ]);
  const stagesByRef = new Map(stages);
  const isThere = ({ kind, id, isActor }: Reference): boolean => {
    if (kind === 'stage') return stagesByRef.get(id) !== undefined;
    if (kind === 'team') return groups.get(id)?.deletedAt === null;
    const person = people.get(id);
    return person !== undefined && (person.active || !isActor);
  };
  return references
    .filter((reference) => !isThere(reference))
    .map(({ kind, id, path, isActor }) => ({
      path,
      message: `there is no ${isActor ? 'active ' : ''}${kind} '${id}' in your organisation`,
    }));
}

const asksForChange = new Set(['changed', 'changed_to', 'changed_from', 'increased', 'decreased']);

function warningsOf(definition: Definition): Warning[] {
  const { trigger, condition } = definition;
  const loops = selfCausing(definition).map(
    ({ step, type }): Warning => ({
      ...{ code: 'loop', field: 'steps' },
      message: `Step '${step.id}' leads to '${type}', which starts this workflow again; give it a condition that ends this`,
    }),
  );
  const never = [...(condition === null ? [] : comparisonsOf(condition, ['condition']))]
    .filter(
      ({ comparison }) =>
        !knowsBefore(trigger) &&
        (asksForChange.has(comparison.operator) || comparison.field.startsWith('before.')),
    )
    .map(
      ({ comparison, path }): Warning => ({
        ...{ code: 'never-holds', field: path.map(String).join('.') },
        message: `A workflow that is started by no event knows no change of '${comparison.field}'`,
      }),
    );
  return [...loops, ...never];
}
