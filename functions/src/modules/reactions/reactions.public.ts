export { reacting } from './reacting.ts';
export { writeReactions } from './reactions.service.ts';
