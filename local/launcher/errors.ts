/** A failure the person at the keyboard can act on: its message is shown alone, without a stack trace. */
export class LauncherError extends Error {
  override readonly name = 'LauncherError';
}

/** The text to show for anything that was thrown: our own errors bare, everything else with its stack. */
export function describeError(error: unknown): string {
  if (error instanceof LauncherError) return error.message;
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}
