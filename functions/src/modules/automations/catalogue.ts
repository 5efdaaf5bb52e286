import type { Trigger } from './automations.schema.ts';
import { recordTypesOf } from './event-types.ts';
import type { KnownField, KnownFields } from './record-fields.ts';

/** What an organisation has that a workflow can name. */
export interface Catalogue {
  /** The fields of a kind of record, those the organisation defined included. */
  fieldsOf(recordType: string): KnownFields;
}

/** What is wrong in a definition, and where. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The kinds of record that what a trigger starts a workflow for can be about. */
export function recordTypesOfTrigger(trigger: Trigger): readonly string[] {
  switch (trigger.kind) {
    case 'event':
      return [...new Set(trigger.types.flatMap(recordTypesOf))];
    case 'schedule':
    case 'manual':
      return [trigger.recordType];
    case 'stalled':
      return ['deal'];
    case 'appointment_soon':
      return ['appointment'];
  }
}

/** The kinds of record with a timeline: steps work on one of these. */
export const subjectTypes = ['deal', 'contact', 'company', 'lead'] as const;

const subjectsOf: Readonly<Record<string, readonly string[]>> = {
  note: subjectTypes,
  task: subjectTypes,
  activity: subjectTypes,
  appointment: ['contact', 'deal'],
  message: ['contact'],
  conversation: ['contact'],
  dispute: ['deal'],
  adjustment: ['deal'],
};

/** What the steps of a workflow can work on: the record itself, or the one that it is about. */
export function subjectsOfTrigger(trigger: Trigger): readonly string[] {
  const types = recordTypesOfTrigger(trigger);
  return [
    ...new Set(
      types.flatMap((type) =>
        subjectTypes.some((subject) => subject === type) ? [type] : (subjectsOf[type] ?? []),
      ),
    ),
  ];
}

/** The fields of an event itself by their path below `event`. */
export const eventFields: KnownFields = new Map<string, KnownField>([
  ['type', { type: 'text', label: 'Event' }],
  ['at', { type: 'instant', label: 'Time of the event' }],
  ['actor', { type: 'id', label: 'Who made it happen' }],
  ['recordType', { type: 'text', label: 'Kind of record' }],
  ['recordId', { type: 'id', label: 'Record' }],
]);

/** A field as a path names it; `anything` is what a reported event says, whose type is not known. */
export function findField(
  catalogue: Catalogue,
  recordTypes: readonly string[],
  path: string,
): KnownField | 'anything' | undefined {
  if (path.startsWith('event.data.')) return 'anything';
  if (path.startsWith('event.')) return eventFields.get(path.slice('event.'.length));
  const name = path.replace(/^before\./, '');
  for (const recordType of recordTypes) {
    const field = catalogue.fieldsOf(recordType).get(name);
    if (field !== undefined) return field;
  }
  return undefined;
}
