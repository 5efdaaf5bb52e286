export { isOverride } from './choose-plan.ts';
export { drawUpTerms, pinTerms } from './pin-terms.ts';
export { planKind } from './plans.kind.ts';
export { planVersions, terms } from './plans.repository.ts';
