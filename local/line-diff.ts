const SHOWN_LINES = 60;

/**
 * The lines in which two texts differ, removed ones with `-` and added ones with `+`, between the
 * lines they share at both ends. Enough to see what changed without needing git or diff.
 */
export function lineDiff(before: string, after: string): string {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let tail = 0;
  const shorter = Math.min(old.length, now.length) - start;
  while (tail < shorter && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const lines = [
    ...old.slice(start, old.length - tail).map((line) => `- ${line}`),
    ...now.slice(start, now.length - tail).map((line) => `+ ${line}`),
  ];
  if (lines.length === 0) return '';
  const shown = lines.slice(0, SHOWN_LINES);
  const hidden = lines.length - shown.length;
  const rest = hidden > 0 ? [`… and ${hidden} more lines`] : [];
  return [`@@ line ${start + 1} @@`, ...shown, ...rest].join('\n');
}
