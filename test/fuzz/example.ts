import type { Member } from '../support/organisation.ts';
import type { FuzzWorld } from './fuzz-world.ts';

/** A request that its route accepts. */
export interface Example {
  /** Who sends it; the administrator unless given. */
  readonly by?: 'nobody' | Member;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A form with these fields and a file, instead of a body in JSON. */
  readonly form?: { readonly fields: Readonly<Record<string, string>>; readonly file: string };
  /** True for a batch, whose answer reports what is wrong with each of its records. */
  readonly isBatch?: boolean;
}

/** Makes what an example needs, and the example. */
export type MakeExample = (world: FuzzWorld) => Promise<Example>;
