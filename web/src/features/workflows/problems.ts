import { definitionSchema } from '@splitline/functions/contracts';
import type { z } from 'zod';
import { type Problem, toProblem } from '../../data/problem.ts';

/** What is wrong, by the path of the field at fault: `steps.0.config.title`. */
export type Problems = ReadonlyMap<string, string>;

export const NO_PROBLEMS: Problems = new Map();

/** What the contract says of a definition: nothing when it fits. */
export function shapeProblems(definition: object): Problems {
  const result = definitionSchema.safeParse(definition);
  const issues = result.error?.issues ?? [];
  const found = new Map<string, string>();
  for (const issue of issues) {
    const path = issue.path.map(String).join('.');
    if (!found.has(path)) found.set(path, wordsOf(issue));
  }
  return found;
}

const FILL_IN = 'Fill this in.';

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return FILL_IN;
  if (issue.code === 'too_small' && issue.origin === 'string') return FILL_IN;
  if (issue.code === 'too_small' && issue.origin === 'array') return 'Choose at least one.';
  if (issue.code === 'invalid_format' && issue.format === 'url') {
    return 'Give a full web address, such as https://example.com/hook.';
  }
  if (issue.code === 'invalid_format' && issue.format === 'email') {
    return 'Give an e-mail address, such as name@example.com.';
  }
  if (issue.code === 'invalid_union') return FILL_IN;
  return sentence(issue.message);
}

/** The server's refusals name a field and go on in small letters, some with a hint for programs. */
function sentence(message: string): string {
  const plain = message.replace(/; GET \/api\/\S+ lists .*$/, '');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** What the server refused, and where; `field` is undefined when it was nothing of the definition. */
export function refusalOf(error: unknown): Problem {
  const { message, field } = toProblem(error);
  if (field === undefined) return { message };
  return { message: sentence(message), field: field.replace(/^definition\.?/, '') };
}

/** What is wrong at a path or below it. */
export function problemAt(problems: Problems, path: string): string | undefined {
  const exact = problems.get(path);
  if (exact !== undefined) return exact;
  return [...problems].find(([key]) => key.startsWith(`${path}.`))?.[1];
}

/** What is wrong below a path and at none of the places that say so themselves. */
export function unplaced(
  problems: Problems,
  path: string,
  places: readonly string[],
): readonly string[] {
  return [...problems]
    .filter(([key]) => key === path || key.startsWith(`${path}.`))
    .filter(([key]) => !places.some((place) => key === place || key.startsWith(`${place}.`)))
    .map(([, message]) => message);
}
