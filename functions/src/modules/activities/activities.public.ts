export { activityKind } from './activities.kind.ts';
export { activities } from './activities.repository.ts';
export { logActivity } from './activities.service.ts';
