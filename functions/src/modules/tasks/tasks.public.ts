export { taskKind } from './tasks.kind.ts';
export { tasks } from './tasks.repository.ts';
export { completeTask, createTask } from './tasks.service.ts';
