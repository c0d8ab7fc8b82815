import type { GateReport, RuleReport, Verdict } from '../model/verdict.ts';
import { bar } from './bar.ts';
import type { Page } from './pretty-rule.ts';
import { progress } from './values.ts';
import { clip, columns, pad } from './wrap.ts';

const mostBars = 8;
const barWidth = 20;
const idRoom = 26;

/** How far a rule is that takes its time. */
export interface Bar {
  rule: RuleReport;
  /** Id of the gate that it counts for. */
  gate: string;
  observed: number;
  required: number;
  text: string;
  /** Counts for the exit, whose turn comes later. */
  later: boolean;
}

/** Soaks, streaks and quiet spells under way, each with a bar; those of the exit are told apart. */
export function barLines(page: Page): readonly string[] {
  const bars = barsOf(page.verdict);
  if (bars.length === 0) return [];
  const shown = bars.slice(0, mostBars);
  const width = Math.min(idRoom, Math.max(...shown.map(({ rule }) => columns(rule.id))));
  const more = bars.length - shown.length;
  const drawn = (later: boolean) =>
    shown.filter((one) => one.later === later).map((one) => barLine(page, one, width));
  const exit = drawn(true);
  return [
    '',
    page.ink.strong('Progress'),
    ...drawn(false),
    ...(exit.length > 0 ? [page.ink.faint('  later, for the exit:'), ...exit] : []),
    ...(more > 0 ? [`  and ${more} more; --format json has them all`] : []),
  ];
}

export function barsOf({ gates }: Pick<Verdict, 'gates'>): readonly Bar[] {
  return gates.flatMap((gate) => gate.rules.flatMap((rule) => barOf(rule, gate)));
}

/** A rule of one day or record is no way to go. What passed long ago in the background is left out. */
function barOf(rule: RuleReport, gate: GateReport): readonly Bar[] {
  const later = gate.role === 'outlook';
  const { observed, required, unit, outcome } = rule;
  if (typeof observed !== 'number' || typeof required !== 'number' || outcome === 'not-applicable') return [];
  if (required <= 1 || (outcome === 'pass' && later)) return [];
  const text = progress(observed, required, unit);
  return text === undefined ? [] : [{ rule, gate: gate.id, observed, required, text, later }];
}

function barLine(page: Page, one: Bar, width: number): string {
  const { ink } = page;
  const { rule, text } = one;
  const cells = page.width >= 64 ? barWidth : 10;
  const idWidth = Math.min(width, Math.max(8, page.width - cells - columns(text) - 8));
  const id = pad(clip(rule.id, idWidth, ink.ellipsis), idWidth);
  const drawn = bar({ ...one, outcome: rule.outcome }, cells, ink);
  const head = `  ${ink.outcome(rule.outcome, ink.symbol(rule.outcome))} ${id}  ${drawn}  `;
  return head + clip(text, page.width - 4 - idWidth - 2 - cells - 2, ink.ellipsis);
}
