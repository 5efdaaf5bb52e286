export { adjustmentKind } from './adjustments.kind.ts';
export { adjustments } from './adjustments.repository.ts';
