export { earningDealOf } from './earning-deal.ts';
export { postEarnings, postMissedEarnings } from './post-earnings.ts';
export { type EarningState, postingsOf } from './postings.ts';
export { type RestatedEarning, restatedEarnings } from './restatement.ts';
export { targetOf } from './target.ts';
export { tierBonus } from './tiers.ts';
