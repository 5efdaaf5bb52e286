import type { Context } from '../../functions/src/platform/context.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';

/** What a service is called with, on a meter of its own. */
export function contextOf(principal: Principal): Context<Principal> {
  return { ...startInvocation(newId()), principal };
}
