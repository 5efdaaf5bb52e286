const POLL_MS = 500;

/**
 * Calls `act` whenever the number that `read` gives has changed, never twice at once. Asking twice a second costs next
 * to nothing for a tree of this size and, unlike file events, works the same on every system and mounted folder.
 */
export function onChange(read: () => number, act: () => Promise<void>): void {
  let last = read();
  const check = async () => {
    const now = readOr(read, last);
    if (now !== last) {
      last = now;
      await act();
    }
    setTimeout(check, POLL_MS);
  };
  setTimeout(check, POLL_MS);
}

/** An editor may replace a file by removing it first. */
function readOr(read: () => number, fallback: number): number {
  try {
    return read();
  } catch {
    return fallback;
  }
}
