import { day, parseInstant } from '../model/instant.ts';
import { reasonOf } from '../model/reasonOf.ts';
import type { FindingReport, WaiverReport } from '../model/verdict.ts';
import { type Page, untilText, whenText } from './pretty-rule.ts';
import { wrap } from './wrap.ts';

/** A waiver that ends within this time is told even if nothing needs it now. */
const soon = 7 * day;

/** Waivers in use, ending or ended; transitions that do not count; how much is wrong with the evidence itself. */
export function trustLines(page: Page): readonly string[] {
  const lines = [...waiverTexts(page), ...transitionTexts(page), ...findingTexts(page)].flatMap((text) =>
    wrap(text, page.width - 4).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`)),
  );
  return lines.length === 0 ? [] : ['', page.ink.strong('Take note'), ...lines];
}

function waiverTexts(page: Page): readonly string[] {
  const { waivers, evaluatedAt } = page.verdict;
  const now = parseInstant(evaluatedAt) ?? 0;
  return waivers.flatMap((waiver) => {
    const left = (parseInstant(waiver.expires) ?? 0) - now;
    return tells(waiver, left) ? [waiverText(page, waiver)] : [];
  });
}

function tells({ state }: WaiverReport, left: number): boolean {
  switch (state) {
    case 'used':
    case 'expired':
      return true;
    case 'unused':
    case 'not-yet':
      return left <= soon;
  }
}

function waiverText(page: Page, { id, rule, state, expires, from }: WaiverReport): string {
  switch (state) {
    case 'expired':
      return `waiver ${id} for ${rule} EXPIRED ${whenText(page, expires)}`;
    case 'not-yet':
      return `waiver ${id} for ${rule} is valid only from ${whenText(page, from)}`;
    case 'used':
    case 'unused':
      return `waiver ${id} for ${rule} ends ${untilText(page, expires)}${state === 'used' ? '' : '; covers nothing now'}`;
  }
}

/** A transition that does not count is said the day it happens, with the way out (semantics section 4). */
function transitionTexts({ verdict }: Page): readonly string[] {
  return verdict.findings
    .filter(isTransition)
    .slice(0, 3)
    .map((finding) => `${placeOf(finding)}: ${finding.message}; ${reasonOf(finding.code).todo}`);
}

function isTransition({ evidence }: FindingReport): boolean {
  return evidence === 'transitions';
}

/** Waivers that ended and transitions are told already, in words of their own. */
function findingTexts({ verdict }: Page): readonly string[] {
  const rest = verdict.findings.filter(
    (finding) => !isTransition(finding) && finding.code !== 'waiver.expired',
  );
  const [first] = rest;
  if (first === undefined) return [];
  const count = rest.length === 1 ? 'one finding' : `${rest.length} findings`;
  return [`${count} in the evidence, the first ${placeOf(first)} (${first.code}); soakgate check lists them`];
}

function placeOf({ path, line, evidence }: FindingReport): string {
  return path === undefined ? evidence : `${path}${line === undefined ? '' : `:${line}`}`;
}
