import type { z } from 'zod';
import { AppError } from './errors.ts';

/** Problems of shape, as against a well-formed value that breaks a rule. */
const SHAPE_PROBLEMS: ReadonlySet<string> = new Set(['invalid_type', 'unrecognized_keys']);

type Issue = z.core.$ZodIssue;

/** Names the first problem of a refused `input`; the input itself is not repeated. */
export function validationError(error: z.ZodError, input: unknown): AppError {
  const issue = error.issues[0];
  if (issue === undefined) return new AppError('malformed', 'The request is not valid');
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : issue.path;
  const field = path.map(String).join('.');
  const code = isMissing(issue, input) || isShapeProblem(issue) ? 'malformed' : 'invalid-argument';
  return new AppError(code, `${field || 'body'}: ${messageOf(issue)}`, {
    ...(field ? { field } : {}),
    cause: error,
  });
}

/** True when a value out of a list, or of one of several shapes, was asked for and none was given. */
function isMissing({ code, path }: Issue, input: unknown): boolean {
  if (code !== 'invalid_value' && code !== 'invalid_union') return false;
  let value = input;
  for (const key of path) {
    if (value === null || typeof value !== 'object') return false;
    value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return value === undefined;
}

/** A union is refused for its shape when the input has the shape of none of its alternatives. */
function isShapeProblem(issue: Issue): boolean {
  if (issue.code !== 'invalid_union') return SHAPE_PROBLEMS.has(issue.code);
  // That a value is not in a list of values does not tell whether it is of another type.
  const telling = issue.errors.filter((alternative) =>
    alternative.some(({ code }) => code !== 'invalid_value'),
  );
  return telling.length > 0 && telling.every((alternative) => alternative.some(isShapeProblem));
}

function messageOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return 'is not a known field; leave it out';
  if (issue.code !== 'invalid_union' || isShapeProblem(issue)) return issue.message;
  // Nothing was compared where the field that tells the alternatives apart is none of theirs.
  if (issue.errors.length === 0) return issue.message;
  const wellFormed = issue.errors.filter((alternative) => !alternative.some(isShapeProblem));
  return [...new Set(wellFormed.flat().map(messageOf))].join('; or ');
}

/** The input checked against its schema. @throws AppError malformed, invalid-argument */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw validationError(parsed.error, input);
  return parsed.data;
}
