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

const watchedBy = (heartbeat: string) => `evidence:
  incidents:
    log:
      path: docs/incidents-{yyyy}.md
      table: Incidents
      time: { column: Time, zone: UTC }
      columns: { Kind: string }
  smoke:
    log:
      path: docs/smoke-{yyyy}-{MM}.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { Result: { enum: [pass, fail, not-run] } }
      views: { strict: { in: [{ var: Result }, [pass, fail]] } }
preflight:
  - id: strict-today
    title: A strict record today
    streak: { of: smoke.strict, per: day, atLeast: 1 }
  - id: no-incident
    title: A week without an incident
    quiet: { of: incidents, within: 7d, heartbeat: ${heartbeat}, maxGap: 26h }
`;

export const heartbeatOfAnyRow: Lint = {
  severity: 'note',
  summary:
    'the heartbeat of a `quiet` is a whole log that has views: a row that they leave out, such as a record for which nothing was run, counts as somebody watching',
  fix: 'name the view whose rows prove that somebody looked',
  example: watchedBy('smoke'),
  mended: watchedBy('smoke.strict'),
  judge({ policy }) {
    return placedRules(policy).flatMap(({ rule, pointer: holder }) =>
      everyCheck(rule.check, holder).flatMap(({ check, pointer }): readonly Finding[] => {
        if (check.kind !== 'quiet' || check.heartbeat.view !== undefined) return [];
        const { log: id } = check.heartbeat;
        const spec = policy.evidence[id];
        const [view] = spec?.kind === 'log' ? Object.keys(spec.views) : [];
        if (view === undefined) return [];
        const message = `any row of \`${id}\` counts as somebody watching, also one that its views leave out`;
        const hint = `name the view whose rows prove that somebody looked, such as \`${id}.${view}\``;
        return [{ message, pointer: `${pointer}/heartbeat`, hint }];
      }),
    );
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
