import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/**
 * Reads `KEY=value` lines, with `{NAME}` in a value replaced from `variables`; a file that is not there holds none.
 */
export function readValues(
  file: string,
  variables: Readonly<Record<string, string>>,
): Record<string, string> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const entries = Object.entries(parseEnv(text)).map(([name, value = '']) => [
    name,
    value.replace(/\{(\w+)\}/g, (whole, variable: string) => variables[variable] ?? whole),
  ]);
  return Object.fromEntries(entries);
}
