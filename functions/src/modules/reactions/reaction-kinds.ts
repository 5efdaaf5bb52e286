import { subscriptionReactions } from '../deliveries/deliveries.public.ts';
import type { ListenerKind } from '../listeners/listeners.schema.ts';
import { workflowReactions } from '../runs/runs.public.ts';
import type { ReactionKind } from './reaction.ts';

/** How each kind of listener reacts. */
export const reactionKinds: Readonly<Record<ListenerKind, ReactionKind>> = {
  workflow: workflowReactions,
  subscription: subscriptionReactions,
};
