import type { z } from 'zod';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import type { StepResult } from './jobs.policy.ts';
import type { Job, JobType } from './jobs.schema.ts';

/** One step of a job: what it is about, where it begins and how many items it may take. */
export interface Step<I> {
  readonly job: Stored<Job>;
  readonly input: I;
  readonly cursor: string | null;
  readonly limit: number;
}

interface HandlerOptions<I> {
  readonly input: z.ZodType<I>;
  /** How many items a step takes. */
  readonly limit: number;
  /**
   * `orderer`: each step acts with the present rights of whoever ordered the job, and the job fails
   * when they have lost them. `order`: the right was checked when the job was ordered, and it is
   * completed whatever becomes of the person; steps act as an administrator under their uid.
   */
  readonly authority: 'orderer' | 'order';
  /**
   * Does the items from `cursor` on. It may be killed at any moment and run again from the same
   * cursor, even beside a run that was taken for dead: every effect needs an id that follows from
   * the job and the item, or a precondition that lets it through once.
   */
  readonly step: (ctx: Context<Principal>, step: Step<I>) => Promise<StepResult>;
}

/** How the jobs of one type are done. */
export interface JobHandler {
  readonly authority: 'orderer' | 'order';
  readonly run: (ctx: Context<Principal>, job: Stored<Job>) => Promise<StepResult>;
}

/** Every job type with its handler. */
export type JobHandlers = Readonly<Record<JobType, JobHandler>>;

/** Declares how the jobs of one type are done. */
export function jobHandler<I>({ input, limit, authority, step }: HandlerOptions<I>): JobHandler {
  return {
    authority,
    run: (ctx, job) => step(ctx, { job, input: input.parse(job.input), cursor: job.cursor, limit }),
  };
}
