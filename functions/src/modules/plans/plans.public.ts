export { isOverride } from './choose-plan.ts';
export { drawUpTerms, type KeptTerms, pinTerms, type WonDeal } from './pin-terms.ts';
export { planKind } from './plans.kind.ts';
export { planVersions, terms } from './plans.repository.ts';
export { listPlansInUse } from './plans.service.ts';
