export { type JobHandler, type JobHandlers, jobHandler, type Step } from './job-handler.ts';
export type { StepResult } from './jobs.policy.ts';
export { jobs } from './jobs.repository.ts';
export { addJob, enqueueJob, getJob, type JobOrder, startJob, sweepJobs } from './jobs.service.ts';
export { type ChunkOutcome, type JobRunner, runJobChunk } from './run-job.ts';
