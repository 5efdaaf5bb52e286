/**
 * `node .ci/sum.mjs FOLDER CHECK_STATUS TEST_STATUS`: adds up what the checks (check.json) and Jest
 * (jest-*.json) wrote into FOLDER, prints `N passed, N failed` as the last line, and exits with 1
 * when anything failed. A part that reported no failure but exited with one, or wrote nothing,
 * counts as one failure: silence is never success.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [folder = '.', checkStatus = '1', testStatus = '1'] = process.argv.slice(2);

/** Adds up the result files of one part. */
function totalOf(part, pattern, status) {
  const files = readdirSync(folder).filter((file) => pattern.test(file));
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    const counts = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped ?? 0;
  }
  if (total.failed === 0 && total.passed === 0) {
    console.log(`${part}: none ran (exit code ${status})`);
    return { ...total, failed: 1 };
  }
  if (total.failed === 0 && status !== '0') {
    console.log(`${part}: none failed, but it ended with exit code ${status}`);
    return { ...total, failed: 1 };
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${part}: ${total.passed} passed, ${total.failed} failed${skipped}`);
  return total;
}

const totals = [
  totalOf('checks', /^check\.json$/, checkStatus),
  totalOf('tests', /^jest-\d+\.json$/, testStatus),
];
const passed = totals.reduce((sum, total) => sum + total.passed, 0);
const failed = totals.reduce((sum, total) => sum + total.failed, 0);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
