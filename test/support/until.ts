const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 250;

/**
 * Asks again until `check` answers something other than undefined; fails with `what` when the
 * deadline passes.
 */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined>,
  deadlineMs = 60_000,
): Promise<T> {
  const endMs = performance.now() + deadlineMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const answer = await check();
    if (answer !== undefined) return answer;
    if (performance.now() > endMs) throw new Error(`Waited ${deadlineMs} ms in vain for ${what}`);
    await new Promise((resume) => setTimeout(resume, pauseMs));
  }
}
