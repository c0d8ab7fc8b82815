// `node scripts/tally.mjs REPORT`: what a vitest JSON report counted, as `PASSED FAILED SKIPPED` on one line.
// A run that is not a success without a failed test (an error outside of any test) counts as one failure.
import { readFileSync } from 'node:fs';

const { success, ...report } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const number = (field) => {
  if (!Number.isSafeInteger(report[field])) throw new Error(`the report has no ${field}`);
  return report[field];
};
const failed = number('numFailedTests') + (success !== true && number('numFailedTests') === 0 ? 1 : 0);
const skipped = number('numPendingTests') + number('numTodoTests');
process.stdout.write(`${number('numPassedTests')} ${failed} ${skipped}\n`);
