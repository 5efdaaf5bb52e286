/** True when one of the patterns, such as `deal.won`, `deal.*` or `*`, stands for one of the types. */
export function hears(patterns: readonly string[], types: readonly string[]): boolean {
  return patterns.some((pattern) => types.some((type) => standsFor(pattern, type)));
}

function standsFor(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === type) return true;
  return pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1));
}
