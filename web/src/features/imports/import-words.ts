import { CUSTOM_PREFIX, type ImportType } from '@splitline/functions/contracts';
import type { Counts, RowProblem } from '../../data/imports.ts';

export interface TypeWords {
  readonly name: string;
  readonly noun: string;
  readonly plural: string;
  readonly hint: string;
  readonly path: string;
}

export const typeWords: Readonly<Record<ImportType, TypeWords>> = {
  contact: {
    ...{ name: 'Contacts', noun: 'contact', plural: 'contacts', path: '/contacts' },
    hint: 'People, with e-mail, phone and company.',
  },
  company: {
    ...{ name: 'Companies', noun: 'company', plural: 'companies', path: '/companies' },
    hint: 'Organisations, with domain and address.',
  },
  lead: {
    ...{ name: 'Leads', noun: 'lead', plural: 'leads', path: '/leads' },
    hint: 'Whom you do not know well yet.',
  },
  deal: {
    ...{ name: 'Deals', noun: 'deal', plural: 'deals', path: '/' },
    hint: 'What you sell, with stage, value and owner.',
  },
};

const labels: Readonly<Record<string, string>> = {
  email: 'E-mail',
  contactEmail: 'E-mail of the contact',
  externalId: 'Id in another system',
  ownerEmail: 'Owner, by e-mail',
  ownerName: 'Owner, by name',
  ownerId: 'Owner, by id',
  size: 'Number of employees',
  zipCode: 'Postal code',
  closedAt: 'Closed on',
};

const labelsOf: Readonly<Partial<Record<ImportType, Readonly<Record<string, string>>>>> = {
  contact: { title: 'Job title' },
};

/** A field as people call it: `expectedCloseDate` is Expected close date. */
export function fieldLabel(recordType: ImportType, field: string): string {
  const known = labelsOf[recordType]?.[field] ?? labels[field];
  if (known !== undefined) return known;
  const name = field.startsWith(CUSTOM_PREFIX) ? field.slice(CUSTOM_PREFIX.length) : field;
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a count of records is called, as it would be or as it was. */
const outcomes = [
  { name: 'created', would: 'To be created', did: 'Created' },
  { name: 'updated', would: 'To be updated', did: 'Updated' },
  { name: 'restored', would: 'To come back from the bin', did: 'Came back from the bin' },
  { name: 'skipped', would: 'There already, left alone', did: 'There already, left alone' },
  { name: 'removed', would: 'To be removed', did: 'Put into the bin' },
  { name: 'left', would: 'To stay', did: 'Changed since, left alone' },
] as const;

export interface Outcome {
  readonly label: string;
  readonly count: number;
  readonly isBad: boolean;
}

/** How many records fared how; what did not happen is left out, but for the first. */
export function outcomesOf(counts: Counts, failed: number, tense: 'would' | 'did'): Outcome[] {
  const isUndo = 'removed' in counts || 'left' in counts;
  const first = isUndo ? 'removed' : 'created';
  const named = outcomes.flatMap((outcome) => {
    const count = counts[outcome.name] ?? 0;
    if (count === 0 && outcome.name !== first) return [];
    return [{ label: outcome[tense], count, isBad: false }];
  });
  // What an undo leaves alone is counted by its own name.
  if (isUndo) return named;
  return [...named, { label: 'Rows with a problem', count: failed, isBad: failed > 0 }];
}

/** What reading the rows found: empty cells and rows, and what was replaced. */
export function remarksOf(counts: Counts, nameOf: (field: string) => string): string[] {
  return Object.entries(counts).flatMap(([name, count]) => {
    const [what, ...path] = name.split('.');
    const field = nameOf(path.join('.'));
    if (name === 'blankRows') return [`${count} empty rows are passed over`];
    if (what === 'blank') return [`${field} is empty in ${count} rows`];
    if (what === 'replaced') return [`${field} is replaced in ${count} rows`];
    return [];
  });
}

/** A value that refers to nothing here, as the server tells of it. */
export interface UnknownValue {
  readonly field: string;
  readonly from: string;
}

const REFERRING = new Set(['stage', 'ownerEmail', 'ownerName', 'company']);

/** The values that referred to nothing, each once: they can be replaced. */
export function unknownValues(problems: readonly RowProblem[]): UnknownValue[] {
  const found = new Map<string, UnknownValue>();
  for (const { field, error } of problems) {
    const from = /there is no [^']+ '(.+)'$/.exec(error)?.[1];
    if (field === null || from === undefined || !REFERRING.has(field)) continue;
    found.set(`${field} ${from}`, { field, from });
  }
  return [...found.values()];
}

/** Problems as a file that a spreadsheet opens; nothing in it can become a formula. */
export function problemsCsv(problems: readonly RowProblem[]): string {
  const lines = problems.map(({ row, field, error }) => [String(row), field ?? '', error]);
  return [['row', 'field', 'problem'], ...lines]
    .map((cells) => cells.map(quoted).join(','))
    .join('\r\n');
}

function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The server's message begins with its own name of the field, which stands beside it already. */
export function plainError({ field, error }: RowProblem): string {
  const prefix = `${field}: `;
  const text = error.startsWith(prefix) ? error.slice(prefix.length) : error;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
