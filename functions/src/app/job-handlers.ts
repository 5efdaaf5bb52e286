import { z } from 'zod';
import { type JobHandlers, type JobRunner, jobHandler } from '../modules/jobs/jobs.public.ts';
import { closePeriodStep } from '../modules/payouts/payouts.public.ts';
import { idSchema } from '../platform/text.schema.ts';
import { moveDealsOfStage } from '../workflows/delete-stage.ts';
import {
  followTeamInputSchema,
  followTeamStep,
  handOverInputSchema,
  handOverStep,
} from '../workflows/hand-over.ts';
import { importJobInputSchema, importStep } from '../workflows/import-records.ts';
import { undoStep } from '../workflows/import-undo.ts';
import { loadActor } from './load-actor.ts';

/** How the jobs of every type are done. */
const handlers = {
  importRecords: jobHandler({
    input: importJobInputSchema,
    limit: 500,
    authority: 'orderer',
    step: importStep,
  }),
  undoImport: jobHandler({
    input: importJobInputSchema,
    limit: 300,
    authority: 'orderer',
    step: undoStep,
  }),
  handOver: jobHandler({
    input: handOverInputSchema,
    limit: 100,
    authority: 'order',
    step: handOverStep,
  }),
  followTeam: jobHandler({
    input: followTeamInputSchema,
    limit: 100,
    authority: 'order',
    step: followTeamStep,
  }),
  deleteStage: jobHandler({
    input: z.strictObject({ stageId: idSchema }),
    limit: 200,
    authority: 'order',
    step: moveDealsOfStage,
  }),
  closePeriod: jobHandler({
    input: z.strictObject({ periodId: idSchema }),
    limit: 25,
    authority: 'order',
    step: closePeriodStep,
  }),
} satisfies JobHandlers;

/** What runs the jobs of this deployment. */
export const jobRunner: JobRunner = { handlers, loadActor };
