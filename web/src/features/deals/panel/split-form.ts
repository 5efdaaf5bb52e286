import { splitsSchema } from '@splitline/functions/contracts';
import { z } from 'zod';

/** One person's part as a form holds it: the share is what was typed, in per cent. */
export interface SplitRow {
  /** Tells the rows of a form apart, those without a person too. */
  readonly key: number;
  readonly uid: string;
  readonly share: string;
  readonly role: string;
}

interface Split {
  readonly uid: string;
  readonly shareBps: number;
  readonly role?: string | undefined;
}

const WHOLE_BPS = 10_000;

/** Roles that the rules of plans usually ask for; any other can be typed. */
export const usualRoles = ['closer', 'setter', 'referrer'] as const;

/** The splits of a deal as a form shows them. */
export function toRows(splits: readonly Split[]): SplitRow[] {
  return splits.map(({ uid, shareBps, role = '' }, key) => ({
    ...{ key, uid, role },
    share: toPercent(shareBps),
  }));
}

/** The rows with one more, which gets what is left of the deal. */
export function addRow(rows: readonly SplitRow[]): SplitRow[] {
  const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
  const left = WHOLE_BPS - sumOf(rows);
  return [...rows, { key, uid: '', share: left > 0 ? toPercent(left) : '', role: '' }];
}

/** Basis points as per cent, without decimals that say nothing. */
export function toPercent(bps: number): string {
  return String(bps / 100);
}

/** What was typed as per cent, exactly; undefined for anything but a share with at most two decimals. */
export function toBps(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const bps = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return bps > WHOLE_BPS ? undefined : bps;
}

/** The sum of the shares that can be read. */
function sumOf(rows: readonly SplitRow[]): number {
  return rows.reduce((sum, { share }) => sum + (toBps(share) ?? 0), 0);
}

/** How far the shares are from the whole, in words. */
export function sumInWords(rows: readonly SplitRow[]): string {
  const sum = sumOf(rows);
  const total = `${toPercent(sum)}%`;
  if (sum === WHOLE_BPS) return `${total} of the deal`;
  return sum < WHOLE_BPS
    ? `${total} of the deal, ${toPercent(WHOLE_BPS - sum)}% left`
    : `${total} of the deal, ${toPercent(sum - WHOLE_BPS)}% too much`;
}

export function isWhole(rows: readonly SplitRow[]): boolean {
  return sumOf(rows) === WHOLE_BPS;
}

/** The same share for everybody; what cannot be divided goes to the first ones. */
export function splitEqually(rows: readonly SplitRow[]): SplitRow[] {
  const each = Math.floor(WHOLE_BPS / rows.length);
  const left = WHOLE_BPS - each * rows.length;
  return rows.map((row, index) => ({ ...row, share: toPercent(index < left ? each + 1 : each) }));
}

const rowSchema = z.object({
  key: z.int(),
  uid: z.string().min(1, { error: 'Choose a person.' }),
  share: z.string().refine((text) => toBps(text) !== undefined, {
    error: 'Enter per cent from 0 to 100, with at most two decimals.',
  }),
  role: z.string().trim().max(50, { error: 'At most 50 characters.' }),
});

/** The rows of a form that are splits the server takes: each person once, and the whole in all. */
export const rowsSchema = z
  .array(rowSchema)
  .min(1, { error: 'Somebody has to have a part.' })
  .max(50, { error: 'At most 50 people.' })
  .refine((rows) => rows.every(({ share }) => toBps(share) === undefined) || isWhole(rows), {
    error: (issue) => `The shares have to come to 100%. They are ${wordsOf(issue.input)}.`,
  })
  .refine((rows) => new Set(rows.map(({ uid }) => uid)).size === rows.length, {
    error: 'Each person can have one part. Put the parts of the same person together.',
  })
  .transform(
    (rows): z.input<typeof splitsSchema> =>
      rows.map(({ uid, share, role }) => ({
        ...{ uid, shareBps: toBps(share) ?? 0 },
        ...(role === '' ? {} : { role }),
      })),
  )
  .pipe(splitsSchema);

function wordsOf(input: unknown): string {
  const rows = z.array(rowSchema).safeParse(input);
  return rows.success ? sumInWords(rows.data) : 'not';
}

/** What the rows come to, or undefined while they are no splits yet. */
export function readRows(rows: readonly SplitRow[]): z.infer<typeof rowsSchema> | undefined {
  return rowsSchema.safeParse(rows).data;
}

export const splitFormSchema = z.object({ splits: rowsSchema });
export type SplitForm = z.input<typeof splitFormSchema>;
