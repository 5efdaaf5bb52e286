import { z } from 'zod';
import { audienceShape, causeSchema } from '../../platform/record.schema.ts';
import { idSchema } from '../../platform/text.schema.ts';
import { eventSchema } from '../events/events.schema.ts';

/** A definition has fewer steps than this, and each is logged once. */
const MAX_LOG = 200;

/**
 * Where a run is: `queued` nothing was done yet; `running` between two steps, or before another
 * attempt at one; `waiting` for a time or an event; `done` at its end; `stopped` by a step of its
 * own; `failed` for good, until a person has it go on.
 */
const runStatusSchema = z.enum(['queued', 'running', 'waiting', 'done', 'stopped', 'failed']);

/** What made a run start. */
export const runOriginSchema = z.enum([
  'event',
  'schedule',
  'stalled',
  'appointment_soon',
  'manual',
]);
export type RunOrigin = z.infer<typeof runOriginSchema>;

const fieldsSchema = z.record(z.string(), z.unknown());

/** Why a step, or a whole run, came to nothing. */
export const runErrorSchema = z.strictObject({
  /** The category of the refusal, `loop`, or `attempts-exhausted`. */
  code: z.string(),
  message: z.string(),
  field: z.string().nullable(),
  /** The step that failed; null when it was none of them. */
  stepId: z.string().nullable(),
});
export type RunError = z.infer<typeof runErrorSchema>;

const outcomeSchema = z.enum([
  'done',
  'branched',
  'waited',
  'woken',
  'timed_out',
  'stopped',
  'failed',
]);

/** One step that is over, in the order the run came to it. */
export const logEntrySchema = z.strictObject({
  path: z.string(),
  stepId: z.string(),
  type: z.string(),
  at: z.date(),
  /** What the step was asked to do, with its merge fields filled in. */
  input: fieldsSchema,
  outcome: outcomeSchema,
  /** What came of it, such as the id of what it made or the branch it took. */
  result: fieldsSchema,
  attempts: z.int().min(1),
  error: runErrorSchema.nullable(),
  /** The version of the workflow that the step is of. */
  version: z.int().min(1),
  /** The fields of the record that a branch was decided on, as they were. */
  decidedOn: fieldsSchema.nullable(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

/** What a run waits for: a time, or the first of some events before that time. */
const waitSchema = z.strictObject({
  stepId: z.string(),
  since: z.date(),
  until: z.date(),
  types: z.array(z.string()).max(100),
});

/** The event a run was started by, and its record around it: what its decisions are made on. */
const sceneSchema = z.strictObject({
  event: eventSchema.omit({ digest: true, recordedAt: true }),
  before: fieldsSchema.nullable(),
  after: fieldsSchema.nullable(),
  /** When it was decided that the workflow's conditions hold, and the zone in which that day counts. */
  decidedAt: z.date(),
  timeZone: z.string(),
  /** The version that it was decided by. */
  version: z.int().min(1),
});
export type Scene = z.infer<typeof sceneSchema>;

/**
 * One run of a workflow, `orgs/{orgId}/runs/{workflowId}_{eventId}`. It keeps the version it was
 * started with. It is no versioned record: its progress is no change of the organisation's data.
 */
export const runSchema = z.strictObject({
  ...audienceShape,
  workflowId: idSchema,
  workflowVersion: z.int().min(1),
  origin: runOriginSchema,
  recordType: z.string(),
  recordId: z.string(),
  /** The event, or the occasion where it was none. */
  eventId: z.string(),
  scene: sceneSchema,
  status: runStatusSchema,
  /** The next step, such as `2` or `2.0.1` for the second of the first branch of the third. */
  position: z.string(),
  waiting: waitSchema.nullable(),
  /** What an event must be about to end the wait; empty when no event does. */
  waitingFor: z.array(z.string()).max(30),
  log: z.array(logEntrySchema).max(MAX_LOG),
  /** How often the present step has failed. */
  attempts: z.int().min(0),
  error: runErrorSchema.nullable(),
  /** From when on a sweep takes the run up; null when it is over. */
  nextSendAt: z.date().nullable(),
  /** What caused the event. */
  cause: causeSchema.nullable(),
  /** How often a person had it go on. */
  redrives: z.int().min(0),
  createdAt: z.date(),
  updatedAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type Run = z.infer<typeof runSchema>;

/**
 * An event that runs of a workflow may wait for, `orgs/{orgId}/wakes/{workflowId}_{eventId}`: made in
 * the commit of the event, and gone once the runs that wait for it have gone on.
 */
export const wakeSchema = z.strictObject({
  workflowId: idSchema,
  eventId: z.string(),
  types: z.array(z.string()).min(1),
  /** What the event is about; runs that wait name one of them. */
  about: z.array(z.string()).max(30),
  at: z.date(),
  nextSendAt: z.date(),
});
export type Wake = z.infer<typeof wakeSchema>;

/** Which runs to list, newest first. */
export const listRunsSchema = z.strictObject({
  status: runStatusSchema.optional(),
  workflowId: idSchema.optional(),
  recordId: idSchema.optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
});
export type ListRuns = z.infer<typeof listRunsSchema>;

/** How a failed run goes on: with the version it has, or with the newest published one. */
export const redriveSchema = z.strictObject({
  version: z.enum(['pinned', 'newest']).default('pinned'),
});
export type Redrive = z.infer<typeof redriveSchema>;

/** The same for many runs, each by itself. */
export const redriveManySchema = z.strictObject({
  ids: z
    .array(z.string().regex(/^(?!__)[A-Za-z0-9_-]{1,300}$/, { error: 'must be the id of a run' }))
    .min(1)
    .max(100),
  version: redriveSchema.shape.version,
});

/** The id of a run; it is made of two others. */
export const runIdSchema = redriveManySchema.shape.ids.element;

const errorViewSchema = runErrorSchema;

/** A run as lists show it. */
export const runViewSchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  workflowVersion: z.int(),
  origin: runOriginSchema,
  recordType: z.string(),
  recordId: z.string(),
  eventId: z.string(),
  status: runStatusSchema,
  position: z.string(),
  attempts: z.int(),
  error: errorViewSchema.nullable(),
  waitingUntil: z.string().nullable(),
  nextAttemptAt: z.string().nullable(),
  depth: z.int(),
  /** The workflows whose changes led to the event, the first one first. */
  chain: z.array(z.string()),
  redrives: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type RunView = z.infer<typeof runViewSchema>;

/** A run with what each of its steps did. */
export const runDetailSchema = runViewSchema.extend({
  log: z.array(
    z.object({
      path: z.string(),
      stepId: z.string(),
      type: z.string(),
      at: z.string(),
      input: fieldsSchema,
      outcome: outcomeSchema,
      result: fieldsSchema,
      attempts: z.int(),
      error: errorViewSchema.nullable(),
    }),
  ),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

const decisionSchema = z.object({
  /** The step that decided; null for the trigger and the conditions of the workflow. */
  stepId: z.string().nullable(),
  at: z.string(),
  /** Whether the workflow was to run, or the branch that was taken. */
  recorded: z.union([z.boolean(), z.number(), z.string()]),
  recomputed: z.union([z.boolean(), z.number(), z.string()]),
});

/** The decisions of a run, made again. */
export const replaySchema = z.object({
  runId: z.string(),
  workflowVersion: z.int(),
  same: z.boolean(),
  decisions: z.array(decisionSchema),
});
export type Replay = z.infer<typeof replaySchema>;
