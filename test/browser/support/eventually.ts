/** How long a page may take to show something, on a machine that does much besides. */
export const PATIENCE_MS = 40_000;
/** The same of what functions do behind a write: the first event of a run waits for them to start. */
export const TRIGGER_MS = 120_000;

const PAUSE_MS = 50;

/**
 * Asks again until the claim holds, and fails as it last did: a page follows what was done on it a
 * moment later, and says that it is done before everything on it shows it.
 */
export async function eventually(claim: () => Promise<void>): Promise<void> {
  const giveUpMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await claim();
    } catch (error) {
      if (performance.now() > giveUpMs) throw error;
    }
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}
