export { type JobHandlers, jobHandler } from './job-handler.ts';
export type { StepResult } from './jobs.policy.ts';
export { jobs } from './jobs.repository.ts';
export { addJob, enqueueJob, getJob, startJob, sweepJobs } from './jobs.service.ts';
export { type ChunkOutcome, type JobRunner, runJobChunk } from './run-job.ts';
