import { z } from 'zod';
import { instantSchema } from '../../platform/time.schema.ts';
import { definitionSchema } from '../automations/automations.schema.ts';
import { subjectRefShape } from '../subjects/subjects.schema.ts';

const fieldsSchema = z.record(z.string(), z.unknown());

/** Which record a workflow is to be started on, or tried on. */
export const runOnSchema = z.strictObject(subjectRefShape);

/** A record to try a workflow on: as a definition has it, or its latest version. */
export const dryRunSchema = z.strictObject({
  ...subjectRefShape,
  definition: definitionSchema.optional(),
});
export type DryRun = z.infer<typeof dryRunSchema>;

/** A span of the organisation's history to try a workflow on. */
export const backtestSchema = z
  .strictObject({
    definition: definitionSchema.optional(),
    from: instantSchema,
    to: instantSchema,
  })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be after from' });
export type Backtest = z.infer<typeof backtestSchema>;

/** What would come of the steps of a workflow, as far as they can be looked ahead to. */
const endSchema = z.enum(['done', 'stopped', 'waiting', 'failed']);
export type WalkEnd = z.infer<typeof endSchema>;

/** What a workflow would do with one record now. */
export const dryRunViewSchema = z.object({
  recordType: z.string(),
  recordId: z.string(),
  /** Whether its conditions hold of the record; the steps are those it would take if they did. */
  conditionHolds: z.boolean(),
  steps: z.array(
    z.object({
      stepId: z.string(),
      type: z.string(),
      /** When it would be come to, from now on. */
      afterMinutes: z.number(),
      /** What it would be asked to do, with its merge fields filled in. */
      input: fieldsSchema,
      branch: z.union([z.number(), z.string()]).nullable(),
      /** What would keep it from being done. */
      problem: z.string().nullable(),
    }),
  ),
  end: endSchema,
});
export type DryRunView = z.infer<typeof dryRunViewSchema>;

const touchedSchema = z.object({
  eventId: z.string(),
  recordType: z.string(),
  recordId: z.string(),
  at: z.string(),
  /** The ids of the steps that would have been taken, in their order. */
  steps: z.array(z.string()),
  end: endSchema,
});
export type Touched = z.infer<typeof touchedSchema>;

/** What a workflow would have done in a span of history, and how that differs from the active version. */
export const backtestViewSchema = z.object({
  from: z.string(),
  to: z.string(),
  events: z.int(),
  records: z.int(),
  /** Up to when it was looked at; before `to` when there was too much. */
  until: z.string(),
  cut: z.boolean(),
  touched: z.array(touchedSchema),
  /** Compared with the active version; null where there is none, or it is not started by events. */
  difference: z
    .object({
      version: z.int(),
      added: z.array(z.string()),
      removed: z.array(z.string()),
      changed: z.array(z.string()),
    })
    .nullable(),
  /** The SHA-256 of all that stands above: the same history gives the same one. */
  resultHash: z.string(),
});
export type BacktestView = z.infer<typeof backtestViewSchema>;
