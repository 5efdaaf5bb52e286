import { z } from 'zod';
import { recordShape } from '../../platform/record.schema.ts';
import { idSchema, lineSchema, textSchema } from '../../platform/text.schema.ts';
import { stageRefSchema } from '../deals/deals.schema.ts';
import { eventPatternSchema } from '../listeners/listeners.schema.ts';
import { timeZoneSchema } from '../orgs/orgs.schema.ts';
import { subjectTypeSchema } from '../subjects/subjects.schema.ts';
import { tagSchema } from '../tags/tags.schema.ts';
import { conditionSchema, fieldPathSchema } from './conditions.schema.ts';
import { cronSchema } from './cron.schema.ts';
import { allSteps, MAX_STEPS, stepsSchema } from './steps.schema.ts';

/** A listener has at most a hundred types of event, its trigger's among them. */
export const MAX_WAITED_FOR = 80;

const stageRefsSchema = z.array(stageRefSchema).min(1).max(50);

const eventTriggerSchema = z.strictObject({
  kind: z.literal('event'),
  types: z.array(eventPatternSchema).min(1).max(20),
  /** The deal left one of these stages, entered one of these: ids or system keys. */
  stageFrom: stageRefsSchema.optional(),
  stageTo: stageRefsSchema.optional(),
  /** This field has changed. */
  field: fieldPathSchema.optional(),
  /** This tag was added or removed. */
  tag: tagSchema.optional(),
});
export type EventTrigger = z.infer<typeof eventTriggerSchema>;

const scheduleTriggerSchema = z.strictObject({
  kind: z.literal('schedule'),
  cron: cronSchema,
  /** The organisation's, unless given. */
  timeZone: timeZoneSchema.optional(),
  recordType: subjectTypeSchema,
});
const stalledTriggerSchema = z.strictObject({
  kind: z.literal('stalled'),
  days: z.int().min(1).max(365),
});
const appointmentSoonTriggerSchema = z.strictObject({
  kind: z.literal('appointment_soon'),
  minutesBefore: z
    .int()
    .min(5)
    .max(30 * 24 * 60),
});
const manualTriggerSchema = z.strictObject({
  kind: z.literal('manual'),
  recordType: subjectTypeSchema,
});

/** When a workflow runs. */
export const triggerSchema = z.discriminatedUnion('kind', [
  eventTriggerSchema,
  scheduleTriggerSchema,
  stalledTriggerSchema,
  appointmentSoonTriggerSchema,
  manualTriggerSchema,
]);
export type Trigger = z.infer<typeof triggerSchema>;
export type TriggerKind = Trigger['kind'];
const triggerKindSchema = z.enum(['event', 'schedule', 'stalled', 'appointment_soon', 'manual']);

/** A list of steps as a workflow has it: each with an id of its own, and not too many. */
const workflowStepsSchema = stepsSchema.superRefine((steps, context) => {
  const refuse = (path: readonly PropertyKey[], message: string) =>
    context.addIssue({ code: 'custom', path: [...path], message });
  const ids = new Set<string>();
  let count = 0;
  for (const { step, path } of allSteps(steps)) {
    count += 1;
    if (ids.has(step.id)) refuse([...path, 'id'], 'is the id of another step; give each its own');
    ids.add(step.id);
  }
  if (count === 0) refuse([], 'must have at least one step');
  if (count > MAX_STEPS) {
    refuse([], `must be at most ${MAX_STEPS} steps, those in branches included`);
  }
});

/** Firestore's limit for what stands in one another in a document. */
const MAX_LEVELS = 20;

function isWithin(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  return levels > 0 && Object.values(value).every((part) => isWithin(part, levels - 1));
}

/** What a workflow does: when, on which records, and which steps one after another. */
export const definitionSchema = z
  .strictObject({
    trigger: triggerSchema,
    condition: conditionSchema.nullable().meta({ nullable: true }),
    steps: workflowStepsSchema,
  })
  .refine((definition) => isWithin(definition, MAX_LEVELS), {
    path: ['steps'],
    error:
      'the conditions of branches within branches stand too deep; take levels out of these conditions',
  });
export type Definition = z.infer<typeof definitionSchema>;

/** What decides whether an event starts a workflow. */
export type Rule = Pick<Definition, 'trigger' | 'condition'>;

/** The instant that conditions are judged at, and the zone in which its day counts. */
export interface Clock {
  readonly now: Date;
  readonly timeZone: string;
}

export const workflowStatusSchema = z.enum(['DRAFT', 'ACTIVE', 'PAUSED', 'ARCHIVED']);

/** A workflow, `orgs/{orgId}/workflows/{workflowId}`. What it does is in its versions. */
export const workflowSchema = z.strictObject({
  ...recordShape,
  name: lineSchema(200),
  description: textSchema(2000).nullable(),
  status: workflowStatusSchema,
  latestVersion: z.int().min(1),
  /** The version that runs, or ran when it was paused; null before it was first activated. */
  activeVersion: z.int().min(1).nullable(),
  /** The kind of the active version's trigger, by which sweeps find it; null while none runs. */
  activeTrigger: triggerKindSchema.nullable(),
});
export type Workflow = z.infer<typeof workflowSchema>;

/** One version, `orgs/{orgId}/workflowVersions/{workflowId}_{number}`; immutable. */
export const workflowVersionSchema = z.strictObject({
  workflowId: idSchema,
  number: z.int().min(1),
  definition: definitionSchema,
  createdAt: z.date(),
  createdBy: z.string(),
});
export type WorkflowVersion = z.infer<typeof workflowVersionSchema>;

/**
 * What the book of listeners knows of a workflow that is active, or whose runs may still wait for
 * something: enough to decide whether an event starts it. Its steps are read with the version, by the
 * run.
 */
export const workflowSettingsSchema = z.strictObject({
  version: z.int().min(1),
  timeZone: timeZoneSchema,
  trigger: triggerSchema,
  condition: conditionSchema.nullable(),
  /** The events that its WAIT steps wait for: runs are woken by them. They are among the listener's types. */
  waitsFor: z.array(eventPatternSchema).max(100).default([]),
  /** False of one that is paused or archived: it hears what its runs wait for, and starts none. */
  isStarting: z.boolean().default(true),
});
export type WorkflowSettings = z.infer<typeof workflowSettingsSchema>;
