import { type Catalogue, eventFields } from './catalogue.ts';
import { brokenFieldOf, fieldsOfTemplate } from './templates.ts';

/** The records beside its subject that a step can name in a template. */
const related: Readonly<Record<string, readonly string[]>> = {
  deal: ['contact', 'company'],
  contact: ['company'],
};

/** Fields that are put together for people; render.ts has how. */
const derived: Readonly<Record<string, readonly string[]>> = {
  deal: ['value'],
  contact: ['name'],
  lead: ['name'],
};
const ofPeople = ['name', 'email'];
const ofOrganisation = ['name', 'currency', 'timeZone'];

/** Every merge field that steps about these kinds of record know, such as `deal.title`. */
export function mergeFieldsOf(catalogue: Catalogue, subjects: readonly string[]): string[] {
  const roots = [...new Set(subjects.flatMap((type) => [type, ...(related[type] ?? [])]))];
  return [
    ...roots.flatMap((root) =>
      below(root, [...(derived[root] ?? []), ...catalogue.fieldsOf(root).keys()]),
    ),
    ...(subjects.length > 0 ? below('owner', ofPeople) : []),
    ...below('org', ofOrganisation),
    ...below('event', [...eventFields.keys()]),
  ];
}

/** What is wrong in a template: a merge field that is none, or that nothing is known of. */
export function templateProblem(
  template: string,
  knownFields: ReadonlySet<string>,
): string | undefined {
  const broken = brokenFieldOf(template);
  if (broken !== undefined) {
    return `'${broken}' is no merge field; write {{record.field}}, such as {{deal.title}}`;
  }
  const unknown = fieldsOfTemplate(template).find(
    (field) => !knownFields.has(field) && !field.startsWith('event.data.'),
  );
  if (unknown === undefined) return undefined;
  return `there is no merge field '{{${unknown}}}' here; GET /api/workflows/operators lists those there are`;
}

function below(root: string, names: readonly string[]): string[] {
  return names.map((name) => `${root}.${name}`);
}
