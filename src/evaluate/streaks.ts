import type { CheckContext } from '../checks/context.ts';
import { judgeCheck, wordsOf } from '../checks/index.ts';
import { resetsOf } from '../checks/resets.ts';
import { daysOf } from '../checks/streakDays.ts';
import { dueOf } from '../checks/streakDue.ts';
import { plainChecks } from '../model/checks.ts';
import { ceilSecond, formatInstant } from '../model/instant.ts';
import type { LogRef, Policy, Rule, StreakCheck } from '../model/policy.ts';
import type { Calendar, StreakReport, StreakView } from '../model/streakView.ts';
import type { Verdict } from '../model/verdict.ts';
import { evaluate, look } from './evaluate.ts';
import { allRules } from './gates.ts';
import type { Evaluation } from './judged.ts';

/** One streak of a policy and the rule that it stands in. */
interface Found {
  gate: string;
  rule: Rule;
  check: StreakCheck;
  part: boolean;
}

/** Every name that streaks can be asked for by: logs, their views, rules with a streak; in the order of the policy. */
export function streakNames(policy: Policy): readonly string[] {
  const logs = Object.entries(policy.evidence).flatMap(([id, spec]) =>
    spec.kind === 'log' ? [id, ...Object.keys(spec.views).map((view) => `${id}.${view}`)] : [],
  );
  return [...new Set([...logs, ...allStreaks(policy).map(({ rule }) => rule.id)])];
}

function allStreaks(policy: Policy): readonly Found[] {
  return allRules(policy).flatMap(({ gate, rule }) =>
    plainChecks(rule.check)
      .filter((check) => check.kind === 'streak')
      .map((check) => ({ gate, rule, check, part: check !== rule.check })),
  );
}

/** What was asked for: a log with the streaks over it, one view of it, or one rule. A log goes before a rule of its name. */
function choose(policy: Policy, asked: string): { of: LogRef; found: readonly Found[] } | undefined {
  const [log = '', view] = asked.split('.', 2);
  const spec = Object.hasOwn(policy.evidence, log) ? policy.evidence[log] : undefined;
  const all = allStreaks(policy);
  if (spec?.kind === 'log' && (view === undefined || Object.hasOwn(spec.views, view))) {
    const over = all.filter(({ check }) => check.of.log === log);
    if (view === undefined) return { of: { log }, found: over };
    return { of: { log, view }, found: over.filter(({ check }) => check.of.view === view) };
  }
  const found = all.filter(({ rule }) => rule.id === asked);
  return found[0] && { of: found[0].check.of, found };
}

/**
 * The streaks over a log, or of a rule, with the calendar of its days. Pure, as `evaluate` is.
 * @returns undefined if the policy has nothing of that name
 */
export function viewStreaks(input: Evaluation, asked: string): StreakView | undefined {
  const chosen = choose(input.policy, asked);
  if (chosen === undefined) return undefined;
  const { of, found } = chosen;
  const gates = found.length === 0 ? ['preflight'] : [...new Set(found.map(({ gate }) => gate))];
  const judged = evaluate({ ...input, gates });
  if (!judged.ok) return undefined;
  const verdict = judged.value;
  const { context } = look(input, ceilSecond(input.now));
  const calendars: Calendar[] = [];
  const streaks = found.map((one) => reportOf(one, { verdict, context, calendars }));
  if (calendars.length === 0) addCalendar(calendars, recorded(of, context));
  const { name, title, version, timezone, path } = verdict.policy;
  const item = context.evidence(of.log);
  const newest = newestOf(of.log, context);
  return {
    apiVersion: 'soakgate/v1',
    kind: 'Streak',
    policy: { name, title, version, timezone, path },
    evaluatedAt: verdict.evaluatedAt,
    evidenceMode: input.asOf ? 'as-of' : 'live',
    asked,
    log: of.log,
    ...(item.status === 'absent' ? { absent: { code: item.code, message: item.message } } : {}),
    rows: context.log(of.log)?.content.table.rows ?? 0,
    ...(newest ? { newest } : {}),
    streaks,
    calendars,
    findings: verdict.findings.filter(({ evidence }) => evidence === of.log || evidence === 'transitions'),
  };
}

interface Drawn {
  verdict: Verdict;
  context: CheckContext;
  calendars: Calendar[];
}

function reportOf({ gate, rule, check, part }: Found, { verdict, context, calendars }: Drawn): StreakReport {
  const calendar = addCalendar(calendars, calendarOf(check, context));
  const due = dueOf(check, context);
  const { id, title } = rule;
  return {
    ...{ rule: id, title, gate, part, of: nameOf(check.of), per: check.per },
    ...(part ? judgedPart(check, context) : judgedRule(verdict, gate, id)),
    demand: wordsOf(check),
    required: check.atLeast,
    resets: resetsOf(check),
    ...(due ? { due } : {}),
    ...(calendar === undefined ? {} : { calendar }),
  };
}

type Judged = Pick<StreakReport, 'outcome' | 'code' | 'message' | 'observed' | 'unit' | 'earliest' | 'todo'>;

/** A rule says the same here as in its verdict: its `when` and its waivers take part. */
function judgedRule({ gates }: Verdict, gate: string, id: string): Judged {
  const report = gates.find((one) => one.id === gate)?.rules.find((one) => one.id === id);
  if (report === undefined) throw new Error(`the verdict lacks rule ${id} of gate ${gate}`);
  const { outcome, code, message, observed, unit, earliest, todo } = report;
  return {
    ...{ outcome, code, message, observed: numberOf(observed), unit: unit ?? '' },
    ...(earliest === undefined ? {} : { earliest }),
    ...(todo === undefined ? {} : { todo }),
  };
}

function judgedPart(check: StreakCheck, context: CheckContext): Judged {
  const { outcome, code, message, observed, unit, earliest, todo } = judgeCheck(check, context);
  return {
    ...{ outcome, code, message, observed: numberOf(observed), unit: unit ?? '' },
    ...(earliest === undefined ? {} : { earliest: formatInstant(ceilSecond(earliest)) }),
    ...(todo === undefined ? {} : { todo }),
  };
}

/** Where nothing could be judged, nothing was observed. */
function numberOf(observed: unknown): number {
  return typeof observed === 'number' ? observed : 0;
}

function calendarOf(check: StreakCheck, context: CheckContext): Calendar | undefined {
  // INVARIANT: without a transition log that can be read no day passes where the phase matters.
  if (check.phase !== undefined && context.timeline.unreadable) return recorded(check.of, context);
  const days = daysOf(check, context);
  return days && { good: 'pass', days };
}

/** Only that something was written: what no streak looks at is not judged. */
function recorded(of: LogRef, context: CheckContext): Calendar | undefined {
  const days = daysOf({ kind: 'streak', of, per: 'day', atLeast: 1, columns: {} }, context);
  return days && { good: 'recorded', days };
}

/** The number of the calendar with the same days, which is added if it is new. */
function addCalendar(calendars: Calendar[], calendar: Calendar | undefined): number | undefined {
  if (calendar === undefined) return undefined;
  const text = JSON.stringify(calendar);
  const known = calendars.findIndex((one) => JSON.stringify(one) === text);
  return known >= 0 ? known : calendars.push(calendar) - 1;
}

function newestOf(id: string, context: CheckContext): StreakView['newest'] {
  const log = context.log(id);
  if (log === undefined) return undefined;
  const { order, content, untrusted } = { ...log.judged, content: log.content };
  for (let index = order.length - 1; index >= 0; index -= 1) {
    const row = order[index] as number;
    if (untrusted(row) !== undefined) continue;
    const time = formatInstant(content.table.time(row));
    return { at: content.timeKind === 'date' ? time.slice(0, 10) : time, ...content.table.at(row) };
  }
  return undefined;
}

function nameOf({ log, view }: LogRef): string {
  return view === undefined ? log : `${log}.${view}`;
}
