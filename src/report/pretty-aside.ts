import type { FindingReport, WaiverReport } from '../model/verdict.ts';
import { type Page, untilText, whenText } from './pretty-rule.ts';
import { wrap } from './wrap.ts';

/** What belongs to no single rule: commands that were not run, waivers, findings. */
export function asideLines(page: Page): readonly string[] {
  return [...notRun(page), ...waivers(page), ...findings(page), ...dating(page)];
}

function titled(page: Page, title: string, entries: readonly string[]): readonly string[] {
  if (entries.length === 0) return [];
  const lines = entries.flatMap((entry) =>
    wrap(entry, page.width - 4).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`)),
  );
  return ['', page.ink.strong(title), ...lines];
}

/** Said once, however many rules wait for it. */
function notRun(page: Page): readonly string[] {
  const ids = page.verdict.evidence.filter((item) => item.code === 'command.not-run').map((item) => item.id);
  if (ids.length === 0) return [];
  const text = `${ids.join(', ')}. Commands run only when asked: add --run, or bring their results with --evidence FILE.`;
  return titled(page, 'Not run', [text]);
}

const waiverState: Readonly<Record<WaiverReport['state'], string>> = {
  used: 'used',
  unused: 'covers nothing now',
  expired: 'EXPIRED',
  'not-yet': 'NOT YET VALID',
};

function waivers(page: Page): readonly string[] {
  const entries = page.verdict.waivers.map((waiver) => {
    const { id, rule, owner, approver, reason, path, state } = waiver;
    const time =
      state === 'not-yet'
        ? `from ${whenText(page, waiver.from)}`
        : `until ${untilText(page, waiver.expires)}`;
    return `${id} for ${rule}, ${waiverState[state]}, ${time}: ${reason} (${path}; owner ${owner}, approved by ${approver})`;
  });
  return titled(page, 'Waivers', entries);
}

const mostFindings = 20;

function findingText(finding: FindingReport): string {
  const line = finding.line === undefined ? '' : `:${finding.line}`;
  const place = finding.path === undefined ? finding.evidence : `${finding.path}${line}`;
  return `${place} ${finding.code}: ${finding.message}`;
}

function findings(page: Page): readonly string[] {
  const all = page.verdict.findings;
  const shown = all.slice(0, mostFindings).map(findingText);
  const rest = all.length - shown.length;
  const more = rest > 0 ? [`and ${rest} more; --format json has them all`] : [];
  return titled(page, 'Findings in the evidence', [...shown, ...more]);
}

function dating(page: Page): readonly string[] {
  const { dated, evidence } = page.verdict;
  const logs = evidence.some((item) => item.kind === 'log' && item.status === 'observed');
  if (dated === 'yes' || !logs) return [];
  return [
    '',
    ...wrap('Rows of logs were taken at their word: git has not dated them.', page.width).map(page.ink.faint),
  ];
}
