import { pointTo } from '../../model/pointer.ts';
import type { Check, LogSpec, Policy } from '../../model/policy.ts';
import type { Finding, Lint } from './lint.ts';
import { everyCheck, placedRules } from './rules.ts';

const streakOver = (path: string, rest = '') => `evidence:
  smoke:
    log:
      path: ${path}
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { Result: { enum: [pass, fail] } }
${rest}preflight:
  - id: seven-days
    title: Seven days
    streak: { of: smoke, per: day, atLeast: 7 }
`;

export const logOfOnePeriod: Lint = {
  severity: 'warning',
  summary:
    'the path of a log names one year, month or day: rows of the next one stand in another file, which nobody reads, so a streak or window that reaches over the turn begins anew',
  fix: 'write `{yyyy}`, `{MM}` and `{dd}` instead: all files that match are one log',
  example: streakOver('docs/smoke-2026-02.md'),
  mended: streakOver('docs/smoke-{yyyy}-{MM}.md'),
  judge({ policy }) {
    return logsOverTime(policy).flatMap(({ id, spec }): readonly Finding[] => {
      const date = /(?<!\d)20\d\d(?:-[01]\d(?:-[0-3]\d)?)?(?!\d)/.exec(spec.path)?.[0];
      if (date === undefined || spec.path.includes('{')) return [];
      const period = ['year', 'month', 'day'][date.split('-').length - 1] ?? 'year';
      const dated = date
        .replace(/^\d{4}/, '{yyyy}')
        .replace(/-\d\d/, '-{MM}')
        .replace(/-\d\d$/, '-{dd}');
      const message = `\`${spec.path}\` holds the rows of one ${period}, and rules look over its end`;
      const hint = `write \`${spec.path.replace(date, dated)}\`: all files that match are one log`;
      return [{ message, pointer: pointTo('/evidence', id, 'log', 'path'), hint }];
    });
  },
};

export const undatedRows: Lint = {
  severity: 'note',
  summary:
    'rows of a log count although git cannot date them (`dated: optional`), and a streak, soak or quiet window is built on them: a row written afterwards counts like one of its day',
  fix: 'remove `dated: optional` where the log is committed',
  example: streakOver('docs/smoke-{yyyy}.md', '      dated: optional\n'),
  mended: streakOver('docs/smoke-{yyyy}.md'),
  judge({ policy }) {
    return logsOverTime(policy).flatMap(({ id, spec }): readonly Finding[] => {
      if (spec.dated !== 'optional') return [];
      const message = `rows of \`${id}\` that git cannot date count as if written in time`;
      return [{ message, pointer: pointTo('/evidence', id, 'log', 'dated'), atKey: true }];
    });
  },
};

/** The logs that a check over time reads. */
function logsOverTime(policy: Policy): readonly { id: string; spec: LogSpec }[] {
  const read = new Set(
    placedRules(policy).flatMap(({ rule, pointer }) =>
      everyCheck(rule.check, pointer).flatMap(({ check }) => logsRead(check)),
    ),
  );
  return Object.entries(policy.evidence).flatMap(([id, spec]) =>
    spec.kind === 'log' && read.has(id) ? [{ id, spec }] : [],
  );
}

function logsRead(check: Check): readonly string[] {
  if (check.kind === 'streak' || check.kind === 'soak') return [check.of.log];
  return check.kind === 'quiet' ? [check.of.log, check.heartbeat.log] : [];
}
