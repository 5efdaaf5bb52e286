import { z } from 'zod';

// A lone surrogate cannot be stored as UTF-8; a control character has no place in a one-line text.
const controlCharacters = /\p{Cc}/u;

function utf8(text: string): boolean {
  return text.isWellFormed();
}

/**
 * One line of text: trimmed, not empty, without control characters. Its length is counted in code
 * points, as security rules count it.
 */
export function lineSchema(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(2 * maxLength)
    .refine((text) => [...text].length <= maxLength, {
      error: `must have at most ${maxLength} characters`,
    })
    .refine(utf8, { error: 'must be well-formed Unicode text' })
    .refine((text) => !controlCharacters.test(text), {
      error: 'must not contain control characters',
    });
}

/** Free text of several lines, possibly empty. */
export function textSchema(maxLength: number) {
  return z.string().max(maxLength).refine(utf8, { error: 'must be well-formed Unicode text' });
}

/** A password: any text of that many characters, and none is trimmed. */
export function passwordTextSchema(minLength: number) {
  return z
    .string()
    .min(minLength)
    .max(128)
    .refine(utf8, { error: 'must be well-formed Unicode text' });
}

/**
 * A document id as it may appear in a path. Firestore refuses `.`, `..`, `__x__`, slashes and more
 * than 1,500 bytes; ours are shorter and plain.
 */
export const idSchema = z.string().regex(/^(?!__)[A-Za-z0-9_-]{1,128}$/, {
  error: 'must be an id: 1 to 128 letters, digits, hyphens or underscores',
});

/** An e-mail address in the form it is stored and compared: trimmed and lower-case. */
export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());
