import { dayOf, formatDay } from '../model/calendar.ts';
import { type Instant, parseInstant } from '../model/instant.ts';
import { type Mode, modeOf, observedIn } from '../model/mode.ts';
import { nearest } from '../model/nearest.ts';
import { ok, problems, type Result } from '../model/problem.ts';
import { cleanPath, folderOf, joinPath } from '../files/path.ts';
import { pathOfDay, seriesMatcher } from '../files/series.ts';
import { decodeText } from '../files/text.ts';
import type { Workspace } from '../files/workspace.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Checked } from './check.ts';

/** A report that the policy declares: its format, and where it is written, relative to the root. */
export interface DeclaredReport {
  format: string;
  path: string;
}

/**
 * Where a declared report of a verdict goes. The date is that of the evaluation in the policy's zone. A report in
 * Markdown or JSON is never replaced by one of the same day that less evidence stands behind: that one is numbered (`-2`).
 */
export function declaredReport(
  name: string,
  { policy, verdict, workspace }: Checked,
): Result<DeclaredReport> {
  const spec = policy.reports[name];
  if (!spec) {
    const names = Object.keys(policy.reports);
    const near = nearest(name, names);
    const known = names.length === 0 ? 'the policy declares none' : `reports are ${names.join(', ')}`;
    const message = `the policy \`${policy.name}\` declares no report \`${name}\``;
    return problems({
      code: 'usage/unknown-report',
      message,
      hint: near === undefined ? known : `did you mean \`${near}\`?`,
    });
  }
  const day = formatDay(dayOf(policy.timezone, parseInstant(verdict.evaluatedAt) as Instant));
  const path = pathOfDay(spec.path, day);
  const dated = cleanPath(path) ?? path;
  // Of the others nobody can tell how much evidence stood behind them: they are of the newest run, for machines.
  const tells = spec.format === 'markdown' || spec.format === 'json';
  return ok({ format: spec.format, path: tells ? freePath(dated, verdict, workspace) : dated });
}

/** The file of the day that may be replaced, else the next number: `-2`, `-3`… */
function freePath(path: string, verdict: Verdict, workspace: Workspace): string {
  const numbers = numbersOf(path, workspace);
  const newest = Math.max(0, ...numbers);
  if (newest === 0) return path;
  const kept = fullnessOf(numbered(path, newest), workspace);
  const { mode, observed } = fullnessIn(verdict);
  const poorer = kept.mode === mode ? observed < kept.observed : mode === 'quick';
  return numbered(path, poorer ? newest + 1 : newest);
}

function numbersOf(path: string, workspace: Workspace): readonly number[] {
  const folder = folderOf(path);
  const listed = workspace.list(folder);
  const matches = seriesMatcher(path, true);
  return listed.ok ? listed.files.flatMap((name) => matches(joinPath(folder, name))?.number ?? []) : [];
}

function numbered(path: string, number: number): string {
  const dot = path.lastIndexOf('.');
  const end = dot > path.lastIndexOf('/') ? dot : path.length;
  return number === 1 ? path : `${path.slice(0, end)}-${number}${path.slice(end)}`;
}

/** How much evidence stands behind a report: its mode first, then the number of items that were observed. */
interface Fullness {
  mode: Mode;
  observed: number;
}

function fullnessIn(verdict: Pick<Verdict, 'evidence'>): Fullness {
  return { mode: modeOf(verdict), observed: observedIn(verdict) };
}

/** INVARIANT: of what cannot be read nobody knows how much it holds, so nothing replaces it. */
function fullnessOf(path: string, workspace: Workspace): Fullness {
  const file = workspace.read(path);
  const text = file.ok ? decodeText(file.bytes) : undefined;
  return (text === undefined ? undefined : (ofJson(text) ?? ofHeader(text))) ?? fullest;
}

const fullest: Fullness = { mode: 'full', observed: Number.POSITIVE_INFINITY };

function ofHeader(text: string): Fullness | undefined {
  const mode = /^Mode: (full|quick)\s*$/m.exec(text)?.[1] as Mode | undefined;
  // Reports of before have no such line: any of their mode is as full.
  const observed = Number(/^Observed: (\d+) of \d+\s*$/m.exec(text)?.[1] ?? 0);
  return mode && { mode, observed };
}

function ofJson(text: string): Fullness | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const { evidence } = JSON.parse(text) as Partial<Verdict>;
    return Array.isArray(evidence) ? fullnessIn({ evidence }) : undefined;
  } catch {
    return undefined;
  }
}
