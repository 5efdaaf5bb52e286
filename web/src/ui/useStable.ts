import { useState } from 'react';

/** The first value seen under `key`: equal content keeps its identity, so that effects do not restart. */
export function useStable<T>(value: T, key: string): T {
  const [held, setHeld] = useState({ key, value });
  if (held.key === key) return held.value;
  setHeld({ key, value });
  return value;
}
