import { createContext, useContext } from 'react';
import type { SubjectType } from './kit.ts';
import { type Problems, problemAt } from './problems.ts';

/** What the parts of a definition know of the whole while it is edited. */
export interface Scope {
  readonly problems: Problems;
  /** The kinds of record that conditions are about. */
  readonly recordTypes: readonly string[];
  /** The kinds of record that steps can work on. */
  readonly subjects: readonly SubjectType[];
  readonly mergeFields: readonly string[];
  /** True when what happened before is known: an event has two sides. */
  readonly knowsBefore: boolean;
}

const ScopeContext = createContext<Scope | undefined>(undefined);
export const ScopeProvider = ScopeContext.Provider;

export function useScope(): Scope {
  const scope = useContext(ScopeContext);
  if (scope === undefined) throw new Error('useScope needs a ScopeProvider above it');
  return scope;
}

/** What is wrong at a path of the definition, or below it. */
export function useProblemAt(path: string): string | undefined {
  return problemAt(useScope().problems, path);
}
