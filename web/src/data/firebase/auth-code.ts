/** What Firebase Auth calls a failure; empty for one that is not of its making. */
export function codeOf(error: unknown): string {
  const hasCode = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return hasCode ? String(error.code) : '';
}

/** The project may demand more of a password than its length. */
export const WEAK_PASSWORD = {
  code: 'auth/weak-password',
  message: 'This password is too easy to guess; choose a longer one',
} as const;
