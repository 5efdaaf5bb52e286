export { postEarnings, postMissedEarnings } from './post-earnings.ts';
