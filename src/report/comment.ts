import type { Verdict } from '../model/verdict.ts';
import { boundedPage } from './boundedPage.ts';
import type { RenderOptions } from './index.ts';
import { byPolicy } from './sorted.ts';

/** Comments of GitHub hold 65,536 characters; those of other forges hold more. */
const mostBytes = 65_000;

/**
 * A comment for a pull request. Its first line names the policies in a comment of HTML, so that a bot finds the comment
 * of the run before and replaces it; the line is the same for each run of the same policies.
 */
export function comment(verdicts: readonly Verdict[], _options: RenderOptions): string {
  const marker = markerOf(verdicts);
  return `${marker}\n\n${boundedPage(verdicts, mostBytes - marker.length)}`;
}

/** INVARIANT: only letters, digits, dots, single hyphens and blanks stand in it, so nothing can end it early. */
function markerOf(verdicts: readonly Verdict[]): string {
  const names = byPolicy(verdicts).map(({ policy }) =>
    policy.name
      .replace(/[^A-Za-z0-9.]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 100),
  );
  return `<!-- soakgate:verdict ${names.slice(0, 40).join(' ')} -->`;
}
