import { importOptionsSchema, importPlanSchema } from '@splitline/functions/contracts';
import { z } from 'zod';
import type { ImportDetail } from '../../data/imports.ts';

const replacementSchema = z.object({ field: z.string(), from: z.string(), to: z.string() });

const shape = {
  /** What each column fills, in the order of the columns; an empty text leaves it out. */
  fields: z.array(z.string()),
  onDuplicate: importOptionsSchema.shape.onDuplicate.unwrap(),
  ownerId: z.string(),
  currency: z.string(),
  dateOrder: z.enum(['', 'day-first', 'month-first']),
  tagAll: z.string(),
  externalSource: z.string(),
  replace: z.array(replacementSchema),
};
export type PlanInput = z.infer<z.ZodObject<typeof shape>>;

/** The form of a plan, checked as the server would check what it comes to. */
export function planFormSchema(columns: readonly string[]) {
  return z.object(shape).superRefine((input, ctx) => {
    const refuse = (path: (string | number)[], message: string) =>
      ctx.addIssue({ code: 'custom', path, message });
    for (const [index, field] of input.fields.entries()) {
      const other = input.fields.indexOf(field);
      if (field === '' || other === index) continue;
      refuse(['fields', index], `“${columns[other]}” fills this already. Choose one of the two.`);
    }
    if (input.fields.every((field) => field === '')) {
      refuse(['fields', 0], 'Choose what at least one column is.');
    }
    for (const { path, message } of issuesOf(toPlan(columns, input))) {
      const [part, name, ...rest] = path;
      // A tag of the list, for example, is told of at the list.
      if (part === 'options' && name !== undefined) {
        refuse(name === 'replace' ? ['replace', ...rest] : [name], message);
      }
    }
  });
}

function issuesOf(plan: unknown): { path: (string | number)[]; message: string }[] {
  const parsed = importPlanSchema.safeParse(plan);
  return (parsed.error?.issues ?? []).map(({ path, message }) => ({
    path: path.map((part) => (typeof part === 'number' ? part : String(part))),
    message: message.charAt(0).toUpperCase() + message.slice(1),
  }));
}

/** The form as the upload guesses it. */
export function inputOf({ columns, mapping }: ImportDetail): PlanInput {
  const guessed = new Map(mapping.map(({ column, field }) => [column, field]));
  return {
    fields: columns.map((column) => guessed.get(column) ?? ''),
    onDuplicate: 'skip',
    ...{ ownerId: '', currency: '', dateOrder: '', tagAll: '' },
    externalSource: 'import',
    replace: [],
  };
}

/** What the server is told of how the file is to be read. */
export function toPlan(
  columns: readonly string[],
  input: PlanInput,
): z.input<typeof importPlanSchema> {
  const { fields, onDuplicate, ownerId, currency, dateOrder, tagAll, externalSource } = input;
  const source = externalSource.trim();
  return {
    mapping: columns.flatMap((column, index) => {
      const field = fields[index] ?? '';
      return field === '' ? [] : [{ column, field }];
    }),
    options: {
      onDuplicate,
      tagAll: splitTags(tagAll),
      ...(ownerId === '' ? {} : { ownerId }),
      ...(currency.trim() === '' ? {} : { currency: currency.trim().toUpperCase() }),
      ...(dateOrder === '' ? {} : { dateOrder }),
      ...(source === '' ? {} : { externalSource: source }),
      replace: input.replace.filter(({ from }) => from !== ''),
    },
  };
}

/** The columns that are not imported. */
export function unmapped(columns: readonly string[], fields: readonly string[]): string[] {
  return columns.filter((_, index) => (fields[index] ?? '') === '');
}

function splitTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== '');
}
