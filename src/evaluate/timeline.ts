import type { PhaseTimeline } from '../checks/context.ts';
import type { Evidence, Finding, TransitionRow } from '../model/evidence.ts';
import { clockTolerance, type Instant } from '../model/instant.ts';
import type { Phase } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';

/** What the transition log tells, and what is wrong with it. */
export interface Transitions {
  timeline: PhaseTimeline;
  findings: readonly Finding[];
  /** Set if the log is there and cannot be read: then nothing is known of phases. */
  unreadable?: { code: ReasonCode; message: string };
}

interface Step {
  phase: string;
  at: Instant;
}

/**
 * Folds the transition log into the phases that were in force (semantics section 4).
 * INVARIANT: an advance that cannot be trusted, or out of turn, does not count. A rollback ends soaks whatever it says, and
 * moves the phase back only: one that leads to the phase in force or past it enters nothing and begins nothing anew.
 * A row of the future does not count either, and a rollback of the future counts as of now.
 */
export function readTransitions(
  phases: readonly Phase[],
  evidence: Evidence | undefined,
  view: { firstBegan(): Instant | undefined; now: Instant; asOf: boolean },
): Transitions {
  const content = evidence?.status === 'observed' ? evidence.content : undefined;
  const all = content?.type === 'transitions' ? content.rows : [];
  const { now, asOf } = view;
  const rows = all.filter((row) => !asOf || row.time <= now).sort((a, b) => a.time - b.time);
  const ids = phases.map((phase) => phase.id);
  const findings: Finding[] = [];
  const history: Step[] = [];
  const counted: TransitionRow[] = [];
  let path: Step[] = [];
  for (const written of rows) {
    const isFuture = written.time > now + clockTolerance;
    const row = isFuture ? { ...written, time: now } : written;
    const code = isFuture ? 'log.future-row' : (row.untrusted ?? outOfTurn(row, ids, path));
    if (code) findings.push(findingOf(row, code));
    if (code && row.kind !== 'rollback') continue;
    counted.push(row);
    if (row.kind === 'rollback' && !leadsBack(row, ids, path)) continue;
    path = follow(path, row, ids);
    history.push(path.at(-1) as Step);
  }
  const unreadable =
    evidence?.status === 'absent' && evidence.code !== 'file.missing'
      ? { code: evidence.code, message: evidence.message }
      : undefined;
  const log = { path, history, rows: counted, ...(unreadable ? { unreadable } : {}) };
  const timeline = timelineOf(phases, log, view.firstBegan);
  return { timeline, findings, ...(unreadable ? { unreadable } : {}) };
}

/** The path of phases entered since the start; a rollback cuts it back to its target. */
function follow(path: readonly Step[], row: TransitionRow, ids: readonly string[]): Step[] {
  const step = { phase: row.to, at: row.time };
  if (row.kind !== 'rollback') return [...path, step];
  const target = Math.max(0, ids.indexOf(row.to));
  const kept = path.filter((entry) => ids.indexOf(entry.phase) >= 0 && ids.indexOf(entry.phase) < target);
  return [...kept, { phase: ids[target] ?? row.to, at: row.time }];
}

function outOfTurn(
  row: TransitionRow,
  ids: readonly string[],
  path: readonly Step[],
): ReasonCode | undefined {
  return isInTurn(row, ids, path) ? undefined : 'phase.out-of-turn';
}

function isInTurn(row: TransitionRow, ids: readonly string[], path: readonly Step[]): boolean {
  const current = inForce(ids, path);
  switch (row.kind) {
    case 'rollback':
      return ids.includes(row.to) && leadsBack(row, ids, path);
    case 'advance':
      return row.from === current && ids.includes(row.from) && row.to === ids[ids.indexOf(row.from) + 1];
    case 'done':
      return row.from === current && current === ids.at(-1);
  }
}

/** Whether a rollback leads to a phase before the one in force; one that names no phase may lead to the first. */
function leadsBack({ to }: TransitionRow, ids: readonly string[], path: readonly Step[]): boolean {
  const current = ids.indexOf(inForce(ids, path) ?? '');
  // Not among the phases: the rollout is done, and every phase lies before that.
  return Math.max(0, ids.indexOf(to)) < (current < 0 ? ids.length : current);
}

function inForce(ids: readonly string[], path: readonly Step[]): string | undefined {
  return path.at(-1)?.phase ?? ids[0];
}

function findingOf(row: TransitionRow, code: ReasonCode): Finding {
  const said =
    code !== 'log.future-row'
      ? 'does not count'
      : row.kind === 'rollback'
        ? 'is dated after now, and counts as of now'
        : 'is dated after now, and does not count';
  const message = `the transition \`${row.from}\` to \`${row.to}\` ${said}`;
  return { code, message, evidence: 'transitions', path: row.path, line: row.line };
}

function timelineOf(
  phases: readonly Phase[],
  log: Pick<Transitions, 'unreadable'> & {
    path: readonly Step[];
    history: readonly Step[];
    rows: readonly TransitionRow[];
  },
  firstBegan: () => Instant | undefined,
): PhaseTimeline {
  const first = phases[0]?.id;
  const last = log.path.at(-1);
  const current = last?.phase ?? first;
  const enteredAt = (phase: string): Instant | undefined => {
    const step = log.path.find((entry) => entry.phase === phase);
    return step ? step.at : phase === first ? firstBegan() : undefined;
  };
  return {
    phases,
    ...(current === undefined ? {} : { current }),
    get since() {
      return current === undefined ? undefined : last ? last.at : firstBegan();
    },
    enteredAt,
    wasEntered: (phase) => phase === first || log.path.some((entry) => entry.phase === phase),
    inForceAt: (time) => log.history.findLast((entry) => entry.at <= time)?.phase ?? first,
    movedAt: last?.at,
    baselines: (phase) => log.rows.findLast(({ kind, to }) => kind === 'advance' && to === phase)?.baselines,
    rows: log.rows,
    ...(log.unreadable ? { unreadable: log.unreadable } : {}),
  };
}
