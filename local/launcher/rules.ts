import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LauncherError } from './errors.ts';
import { PROJECT_ID } from './project.ts';

/**
 * Puts the rules file into the running Firestore emulator. Given at start, a file with a mistake is swallowed without
 * a word and everything is denied; put in this way, each mistake is named with its line and the old rules stay.
 */
export async function applyRules(file: string, firestoreUrl: string): Promise<void> {
  if (!existsSync(file)) {
    throw new LauncherError(
      `${path.basename(file)} is missing; without it the emulator would allow everything.`,
    );
  }
  const response = await fetch(`${firestoreUrl}/emulator/v1/projects/${PROJECT_ID}:securityRules`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      rules: { files: [{ name: 'firestore.rules', content: readFileSync(file, 'utf8') }] },
    }),
  });
  if (response.ok) return;
  const text = await response.text();
  throw new LauncherError(`${path.basename(file)} does not compile. ${readMessage(text)}`);
}

/** The compiler's words, with line and column, out of the error that the emulator answers with. */
function readMessage(text: string): string {
  const body: { error?: { message?: string } } = JSON.parse(text);
  return body.error?.message ?? text;
}
