import { dayOf, formatDay } from '../model/calendar.ts';
import { type Instant, parseInstant } from '../model/instant.ts';
import { type Mode, modeOf } from '../model/mode.ts';
import { nearest } from '../model/nearest.ts';
import { ok, problems, type Result } from '../model/problem.ts';
import { pathOfDay } from '../files/series.ts';
import { decodeText } from '../files/text.ts';
import type { Workspace } from '../files/workspace.ts';
import type { Checked } from './check.ts';

/** A report that the policy declares: its format, and where it is written, relative to the root. */
export interface DeclaredReport {
  format: string;
  path: string;
}

/**
 * Where a declared report of a verdict goes. The date is that of the evaluation in the policy's zone. A full report is
 * never replaced by a quick one of the same day: that one is numbered (`-2`).
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
  const dated = pathOfDay(spec.path, day);
  return ok({ format: spec.format, path: freePath(dated, modeOf(verdict), workspace) });
}

function freePath(path: string, mode: Mode, workspace: Workspace): string {
  const dot = path.lastIndexOf('.');
  const end = dot > path.lastIndexOf('/') ? dot : path.length;
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? path : `${path.slice(0, end)}-${number}${path.slice(end)}`;
    const next = `${path.slice(0, end)}-${number + 1}${path.slice(end)}`;
    if (workspace.read(next).ok) continue;
    return mode === 'quick' && isFull(numbered, workspace) ? next : numbered;
  }
}

function isFull(path: string, workspace: Workspace): boolean {
  const file = workspace.read(path);
  const text = file.ok ? decodeText(file.bytes) : undefined;
  return text !== undefined && /^Mode: full\s*$/m.test(text);
}
