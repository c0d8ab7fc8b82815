import { codesPage } from './codes.mjs';
import { commandLinePage } from './commandLine.mjs';
import { operatorsPage, placeholdersPage } from './logic.mjs';
import { policyPage } from './policy.mjs';

/** The generated pages: path to text. */
export async function generatedPages() {
  return new Map([
    ['docs/reasons.md', codesPage()],
    ['docs/reference/command-line.md', await commandLinePage()],
    ['docs/reference/operators.md', operatorsPage()],
    ['docs/reference/placeholders.md', placeholdersPage()],
    ['docs/reference/policy.md', policyPage()],
  ]);
}
