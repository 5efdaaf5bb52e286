import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../../platform/money.schema.ts';
import { roleSchema } from '../../platform/principal.schema.ts';
import { emailSchema, idSchema } from '../../platform/text.schema.ts';
import { stageRefSchema } from '../deals/deals.schema.ts';
import { eventPatternSchema } from '../listeners/listeners.schema.ts';
import { tagSchema } from '../tags/tags.schema.ts';
import { type Condition, conditionSchema, fieldPathSchema } from './conditions.schema.ts';

export const MAX_STEPS = 50;
/** How deep branches can stand in branches. */
const MAX_BRANCH_DEPTH = 2;
/** A year. */
const MAX_WAIT_MINUTES = 365 * 24 * 60;
const MAX_BRANCHES = 10;
const MAX_PEOPLE = 50;

/** A text with merge fields such as `{{deal.title}}`; the fields are checked when it is saved. */
const templateSchema = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => text.isWellFormed(), { error: 'must be well-formed Unicode text' });

const waitMinutesSchema = z.int().min(1).max(MAX_WAIT_MINUTES);
const messageConfigSchema = z.strictObject({ message: templateSchema(1600) });

/** What a field is set to: null clears it, a text can have merge fields. */
const newFieldValueSchema = z.union([
  z.null(),
  templateSchema(5000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(100)).max(100),
  z.strictObject({ amountMinor: amountMinorSchema, currency: currencySchema }),
]);

const peopleSchema = z
  .array(idSchema)
  .max(MAX_PEOPLE)
  .refine((uids) => new Set(uids).size === uids.length, { error: 'must name each person once' });
/** The active members of a team, or the people named. */
const candidatesShape = { uids: peopleSchema.optional(), teamId: idSchema.optional() };
const hasCandidates = ({
  uids = [],
  teamId,
}: {
  uids?: string[] | undefined;
  teamId?: string | undefined;
}) => uids.length > 0 !== (teamId !== undefined);
const candidatesError = { path: ['uids'], error: 'give either uids or a teamId' };

const assignConfigSchema = z.discriminatedUnion('strategy', [
  z.strictObject({ strategy: z.literal('fixed'), uid: idSchema }),
  z
    .strictObject({ strategy: z.literal('roundRobin'), ...candidatesShape })
    .refine(hasCandidates, candidatesError),
  z
    .strictObject({ strategy: z.literal('leastLoaded'), ...candidatesShape })
    .refine(hasCandidates, candidatesError),
]);

const waitConfigSchema = z
  .strictObject({
    minutes: waitMinutesSchema.optional(),
    untilField: fieldPathSchema.optional(),
    offsetMinutes: z.int().min(-MAX_WAIT_MINUTES).max(MAX_WAIT_MINUTES).optional(),
    untilEvent: z.array(eventPatternSchema).min(1).max(20).optional(),
    timeoutMinutes: waitMinutesSchema.optional(),
  })
  .superRefine((config, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const ways = [config.minutes, config.untilField, config.untilEvent];
    if (ways.filter((way) => way !== undefined).length !== 1) {
      refuse('minutes', 'give one of minutes, untilField and untilEvent');
    }
    if (config.offsetMinutes !== undefined && config.untilField === undefined) {
      refuse('offsetMinutes', 'goes with untilField alone');
    }
    if ((config.timeoutMinutes === undefined) !== (config.untilEvent === undefined)) {
      refuse('timeoutMinutes', 'goes with untilEvent, which needs it');
    }
  });
export type WaitConfig = z.infer<typeof waitConfigSchema>;

const notifyConfigSchema = z
  .strictObject({
    uids: peopleSchema.optional(),
    roles: z.array(roleSchema).max(3).optional(),
    /** The owner of the record. */
    owner: z.boolean().optional(),
    title: templateSchema(200),
    body: templateSchema(2000).optional(),
  })
  .refine(({ uids = [], roles = [], owner = false }) => uids.length + roles.length > 0 || owner, {
    path: ['uids'],
    error: 'name somebody: uids, roles or owner',
  });

/** The owner of the record, or a person by id. */
const assigneeSchema = z.union([z.literal('owner'), idSchema]);

/** The settings of each kind of step but BRANCH, which has steps of its own. */
export const stepConfigSchemas = {
  SEND_SMS: messageConfigSchema,
  SEND_WHATSAPP: messageConfigSchema,
  SEND_EMAIL: z.strictObject({
    /** The contact of the record, its owner, or an address. */
    to: z.union([z.enum(['contact', 'owner']), emailSchema]).default('contact'),
    subject: templateSchema(300),
    body: templateSchema(20_000),
  }),
  ADD_TAG: z.strictObject({ tag: tagSchema }),
  REMOVE_TAG: z.strictObject({ tag: tagSchema }),
  UPDATE_FIELDS: z.strictObject({
    /** New values by field: `title`, `customFields.budget`. */
    fields: z
      .record(fieldPathSchema, newFieldValueSchema)
      .refine((fields) => Object.keys(fields).length >= 1 && Object.keys(fields).length <= 30, {
        error: 'must name 1 to 30 fields',
      }),
  }),
  MOVE_STAGE: z.strictObject({ stage: stageRefSchema, lostReason: templateSchema(500).optional() }),
  ASSIGN: assignConfigSchema,
  CREATE_TASK: z.strictObject({
    title: templateSchema(300),
    description: templateSchema(10_000).optional(),
    dueInMinutes: z.int().min(0).max(MAX_WAIT_MINUTES).optional(),
    priority: z.enum(['low', 'normal', 'high']).default('normal'),
    assignee: assigneeSchema.default('owner'),
  }),
  CREATE_NOTE: z.strictObject({ text: templateSchema(10_000) }),
  CREATE_APPOINTMENT: z.strictObject({
    title: templateSchema(300),
    description: templateSchema(5000).optional(),
    startsInMinutes: z.int().min(1).max(MAX_WAIT_MINUTES),
    durationMinutes: z.int().min(5).max(1440).default(30),
    assignee: assigneeSchema.default('owner'),
  }),
  CREATE_DEAL: z.strictObject({
    title: templateSchema(300),
    value: z.strictObject({ amountMinor: amountMinorSchema, currency: currencySchema }),
    stage: stageRefSchema.optional(),
    assignee: assigneeSchema.default('owner'),
  }),
  NOTIFY: notifyConfigSchema,
  CALL_WEBHOOK: z.strictObject({
    url: z.url({ protocol: /^https?$/ }).max(2000),
    /** Values of its own to send beside the event. */
    data: z.record(z.string().max(64), templateSchema(2000)).optional(),
  }),
  DRAFT_MESSAGE: z.strictObject({
    context: templateSchema(2000),
    tone: z.string().min(1).max(50).default('professional'),
  }),
  WAIT: waitConfigSchema,
  STOP: z.strictObject({}),
} as const;

type LeafType = keyof typeof stepConfigSchemas;
const leafTypes = Object.keys(stepConfigSchemas) as LeafType[];
export const stepTypes = [...leafTypes, 'BRANCH'] as const;
export type StepType = (typeof stepTypes)[number];

/** The settings of a kind of step, as they are stored. */
export type StepConfig<T extends LeafType> = z.infer<(typeof stepConfigSchemas)[T]>;
type LeafStep = { [T in LeafType]: { id: string; type: T; config: StepConfig<T> } }[LeafType];

/** The first branch whose condition holds is taken, otherwise `otherwise`. */
export interface BranchConfig {
  branches: { condition: Condition; steps: Step[] }[];
  otherwise: Step[];
}
export interface BranchStep {
  id: string;
  type: 'BRANCH';
  config: BranchConfig;
}
export type Step = LeafStep | BranchStep;

const stepIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, {
  error: 'must be 1 to 64 letters, digits, hyphens or underscores',
});

const leaf = <T extends LeafType, C extends z.ZodType>(type: T, config: C) =>
  z.strictObject({ id: stepIdSchema, type: z.literal(type), config });

const { SEND_SMS, SEND_WHATSAPP, SEND_EMAIL, ADD_TAG, REMOVE_TAG, UPDATE_FIELDS } =
  stepConfigSchemas;
const { MOVE_STAGE, ASSIGN, CREATE_TASK, CREATE_NOTE, CREATE_APPOINTMENT, CREATE_DEAL } =
  stepConfigSchemas;
const { NOTIFY, CALL_WEBHOOK, DRAFT_MESSAGE, WAIT, STOP } = stepConfigSchemas;

const leaves = [
  leaf('SEND_SMS', SEND_SMS),
  leaf('SEND_WHATSAPP', SEND_WHATSAPP),
  leaf('SEND_EMAIL', SEND_EMAIL),
  leaf('ADD_TAG', ADD_TAG),
  leaf('REMOVE_TAG', REMOVE_TAG),
  leaf('UPDATE_FIELDS', UPDATE_FIELDS),
  leaf('MOVE_STAGE', MOVE_STAGE),
  leaf('ASSIGN', ASSIGN),
  leaf('CREATE_TASK', CREATE_TASK),
  leaf('CREATE_NOTE', CREATE_NOTE),
  leaf('CREATE_APPOINTMENT', CREATE_APPOINTMENT),
  leaf('CREATE_DEAL', CREATE_DEAL),
  leaf('NOTIFY', NOTIFY),
  leaf('CALL_WEBHOOK', CALL_WEBHOOK),
  leaf('DRAFT_MESSAGE', DRAFT_MESSAGE),
  leaf('WAIT', WAIT),
  leaf('STOP', STOP),
] as const;

const branchStep = (inner: z.ZodType<Step[]>) =>
  z.strictObject({
    id: stepIdSchema,
    type: z.literal('BRANCH'),
    config: z.strictObject({
      branches: z
        .array(z.strictObject({ condition: conditionSchema, steps: inner }))
        .min(1)
        .max(MAX_BRANCHES),
      otherwise: inner,
    }),
  });

/**
 * Steps in which branches stand in one another `depth` deep. Not a schema that refers to itself:
 * a request that is nested ten thousand deep would be followed all the way.
 */
function stepsOfDepth(depth: number): z.ZodType<Step[]> {
  const step =
    depth === 0
      ? z.discriminatedUnion('type', [...leaves], {
          error: `must be ${leafTypes.join(', ')}; branches stand in one another ${MAX_BRANCH_DEPTH} deep at most`,
        })
      : z.discriminatedUnion('type', [...leaves, branchStep(stepsOfDepth(depth - 1))], {
          error: `must be ${stepTypes.join(', ')}`,
        });
  return z.array(step).max(MAX_STEPS);
}

export const stepsSchema: z.ZodType<Step[]> = stepsOfDepth(MAX_BRANCH_DEPTH);

/** All steps, those of branches included, with the way to each. */
export function* allSteps(
  steps: readonly Step[],
  path: readonly PropertyKey[] = [],
): Generator<{ step: Step; path: readonly PropertyKey[] }> {
  for (const [index, step] of steps.entries()) {
    const here = [...path, index];
    yield { step, path: here };
    if (step.type !== 'BRANCH') continue;
    for (const [number, branch] of step.config.branches.entries()) {
      const way = [...here, 'config', 'branches', number, 'steps'];
      yield* allSteps(branch.steps, way);
    }
    yield* allSteps(step.config.otherwise, [...here, 'config', 'otherwise']);
  }
}
