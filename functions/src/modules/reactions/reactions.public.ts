export { reacting } from './reacting.ts';
export type { Happening, ReactionKind } from './reaction.ts';
export { writeReactions } from './reactions.service.ts';
