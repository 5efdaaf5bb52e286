export { aboutKeys } from './about-keys.ts';
export { tellOfFailure } from './failure-alert.ts';
export { addRun, LEFT_TO_TASK_MS, newRun, runIdOf, taskOf } from './new-run.ts';
export { workflowReactions } from './runs.reactions.ts';
export { findWaiting, hasRunUnderWay, runs, wakes } from './runs.repository.ts';
export { type Tick, workflowTicks } from './ticks.repository.ts';
export { takeTurnAmong } from './turns.repository.ts';
