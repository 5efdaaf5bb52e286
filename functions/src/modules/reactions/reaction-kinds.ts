import type { ListenerKind } from '../listeners/listeners.schema.ts';
import type { ReactionKind } from './reaction.ts';

const nothing: ReactionKind = { react: () => [] };

/** How each kind of listener reacts. */
export const reactionKinds: Readonly<Record<ListenerKind, ReactionKind>> = {
  workflow: nothing,
  subscription: nothing,
};
