import type { Stage, User } from '@splitline/functions/contracts';
import type { NamedTeam } from '../../data/plans.ts';
import type { Stored } from '../../data/port.ts';
import type { CatalogueField, CatalogueOperator, WorkflowCatalogue } from '../../data/workflows.ts';

/** What workflows are built of, and the names behind the ids in them. */
export interface Kit {
  readonly catalogue: WorkflowCatalogue;
  readonly stages: readonly Stored<Stage>[];
  readonly people: readonly Stored<User>[];
  readonly teams: readonly NamedTeam[];
  readonly currency: string;
}

/** What starts a workflow, as far as it is known while somebody chooses. */
export interface TriggerLike {
  readonly kind: string;
  readonly types?: readonly string[] | undefined;
  readonly recordType?: string | undefined;
}

/** The kinds of record that steps can work on. */
export const subjectTypes = ['deal', 'contact', 'company', 'lead'] as const;
export type SubjectType = (typeof subjectTypes)[number];

/** Integrators report events under names of their own, about any record with a timeline. */
export const REPORTED = 'custom.';

/** The kinds of record that a trigger can be about. */
export function recordTypesOf(catalogue: WorkflowCatalogue, trigger: TriggerLike): string[] {
  switch (trigger.kind) {
    case 'event':
      return [...new Set((trigger.types ?? []).flatMap((type) => typesOfPattern(catalogue, type)))];
    case 'stalled':
      return ['deal'];
    case 'appointment_soon':
      return ['appointment'];
    default:
      return trigger.recordType === undefined ? [] : [trigger.recordType];
  }
}

function typesOfPattern(catalogue: WorkflowCatalogue, pattern: string): readonly string[] {
  if (pattern === '*') return [...new Set(catalogue.events.map(({ type }) => prefixOf(type)))];
  return pattern.startsWith(REPORTED) ? subjectTypes : [prefixOf(pattern)];
}

/** The kinds of record that the steps of a workflow can work on. */
export function subjectsOf(catalogue: WorkflowCatalogue, trigger: TriggerLike): SubjectType[] {
  const types = recordTypesOf(catalogue, trigger);
  const subjects = new Set(
    types.flatMap((type) =>
      isSubject(type)
        ? [type]
        : (catalogue.events.find((event) => prefixOf(event.type) === type)?.subjects ?? []),
    ),
  );
  return subjectTypes.filter((type) => subjects.has(type));
}

export function isSubject(type: string): type is SubjectType {
  return subjectTypes.some((subject) => subject === type);
}

/** Of `deal.won` the `deal`. */
export function prefixOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}

/** The fields of an event itself. */
export const eventFields: readonly CatalogueField[] = [
  { field: 'event.type', label: 'Event', type: 'text' },
  { field: 'event.at', label: 'Time of the event', type: 'instant' },
  { field: 'event.actor', label: 'Who made it happen', type: 'id' },
];

/** What a reported event says has no known type: everything can be asked of it. */
export const REPORTED_VALUE = 'event.data.';

/** A field by its path, such as `stageId`, `before.ownerId` or `event.at`. */
export function findField(
  { catalogue }: Kit,
  recordTypes: readonly string[],
  path: string,
): CatalogueField | undefined {
  if (path.startsWith(REPORTED_VALUE)) {
    return { field: path, label: path.slice(REPORTED_VALUE.length), type: 'anything' };
  }
  const ofEvent = eventFields.find(({ field }) => field === path);
  if (ofEvent !== undefined) return ofEvent;
  const name = path.replace(/^before\./, '');
  for (const type of recordTypes) {
    const found = catalogue.fields[type]?.find(({ field }) => field === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What can be asked of a field of a type. */
export function operatorsFor(
  { catalogue }: Kit,
  field: CatalogueField | undefined,
): readonly CatalogueOperator[] {
  if (field === undefined) return [];
  return catalogue.operators.filter(
    ({ fieldTypes }) => field.type === 'anything' || fieldTypes.includes(field.type),
  );
}

/** The merge fields that texts of steps about these kinds of record know. */
export function mergeFieldsFor({ catalogue }: Kit, subjects: readonly string[]): readonly string[] {
  return [...new Set(subjects.flatMap((type) => catalogue.mergeFields[type] ?? []))];
}
