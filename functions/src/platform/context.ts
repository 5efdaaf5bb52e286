import type { Invocation } from './runtime.ts';

/** What every use case is given beside its input; `P` is who calls. */
export interface Context<P> extends Invocation {
  readonly principal: P;
}
