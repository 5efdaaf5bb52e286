import type { EmailPort } from '../../integrations/email/email.port.ts';
import type { OpenAiPort } from '../../integrations/openai/openai.port.ts';
import type { StepConfig, StepType } from '../../modules/automations/steps.schema.ts';
import type { MessagePorts } from '../../modules/conversations/conversations.public.ts';
import type { Run } from '../../modules/runs/runs.schema.ts';
import type { SubjectRef } from '../../modules/subjects/subjects.schema.ts';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { IdempotencyKey } from '../../platform/idempotency.ts';
import type { Principal } from '../../platform/principal.schema.ts';

export type Caller = Context<Principal>;

/** What came of a step, as its log keeps it. */
export type Result = Readonly<Record<string, unknown>>;

/** The providers that actions work with. */
export interface ActionPorts {
  readonly email: EmailPort;
  /** What messages are handed over with at once; without it they are left to their sweep. */
  readonly messages: MessagePorts | undefined;
  readonly openAi: OpenAiPort;
}

/** What an action works with. */
export interface StepContext {
  /**
   * Acts as the workflow. Its idempotency key is the step's: the one commit of the step claims it,
   * so that the step repeated has no second effect.
   */
  readonly caller: Caller;
  readonly run: Stored<Run>;
  readonly stepId: string;
  readonly ports: ActionPorts;
  /** A key of its own for another commit of the same step. */
  keyOf(part: string): IdempotencyKey;
  /** The record that the workflow is about. @throws AppError failed-precondition when there is none */
  subject(): SubjectRef;
  /** That record as it is now, read once. @throws AppError not-found */
  record(): Promise<Fields>;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What a step does; WAIT, BRANCH and STOP are the run's own affair. */
export type EffectType = Exclude<StepType, 'BRANCH' | 'WAIT' | 'STOP'>;
export type Action<T extends EffectType> = (
  ctx: StepContext,
  config: StepConfig<T>,
) => Promise<Result>;
