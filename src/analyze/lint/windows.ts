import { day, formatDuration, hour } from '../../model/instant.ts';
import type { EvidenceSpec, MetricCheck, Policy } from '../../model/policy.ts';
import { phasedLog } from './examples.ts';
import type { Finding, Lint } from './lint.ts';
import { everyCheck, placedRules } from './rules.ts';

const soaked = (gap: string) => `${phasedLog}phases: [{ id: shadow, pins: { flags.MODE: shadow } }]
exit:
  - id: soaked
    title: A day of soak
    soak: { of: smoke.strict, phase: shadow, for: 24h, maxGap: ${gap} }
`;

export const soakFewRecords: Lint = {
  severity: 'note',
  summary: 'a soak needs fewer than three records: one at its start and one at its end would do',
  fix: 'take a `maxGap` below `for`, and record more often, if two looks are not enough',
  example: soaked('26h'),
  mended: soaked('13h'),
  judge({ policy }) {
    return everyCheckOf(policy).flatMap(({ check, pointer }): readonly Finding[] => {
      if (check.kind !== 'soak' || check.for > check.maxGap) return [];
      const message = `with records up to ${formatDuration(check.maxGap)} apart, two of them observe ${formatDuration(check.for)}`;
      return [{ message, pointer: `${pointer}/maxGap` }];
    });
  },
};

function everyCheckOf(policy: Policy) {
  return placedRules(policy).flatMap(({ rule, pointer, gate }) =>
    everyCheck(rule.check, pointer).map((found) => ({ ...found, gate })),
  );
}

/** Each metric check with the evidence it reads. */
function metricsOf(policy: Policy) {
  return everyCheckOf(policy).flatMap(({ check, pointer }) => {
    const spec = check.kind === 'metric' ? policy.evidence[check.of] : undefined;
    return check.kind === 'metric' && spec ? [{ check, pointer, spec }] : [];
  });
}

const metric = (body: string, query = 'sum(rate(errors_total[5m])) or 0 * sum(up == 1)') => `evidence:
  errors: { prometheus: { url: { env: PROMETHEUS_URL }, step: 5m, query: '${query}' } }
exit:
  - id: few-errors
    title: Few errors
    metric: ${body}
`;

export const percentileOverDays: Lint = {
  severity: 'warning',
  summary: 'a percentile or average over days hides a bad evening: five per cent of a week are eight hours',
  fix: 'take `stat: max` over a query with short rates',
  example: metric('{ of: errors, within: 7d, stat: p95, atMost: 5 }'),
  mended: metric('{ of: errors, within: 7d, stat: max, atMost: 5 }'),
  judge({ policy }) {
    return metricsOf(policy).flatMap(({ check, pointer }): readonly Finding[] => {
      const smooths = check.stat === 'avg' || (/^p\d/.test(check.stat) && check.stat !== 'p100');
      if (!smooths || check.within <= day || check.bound.is === 'atLeast') return [];
      const hidden =
        check.stat === 'avg'
          ? 'evens out a bad evening'
          : `leaves ${hiddenHours(check)} of the worst samples out of sight`;
      const message = `\`${check.stat}\` over ${formatDuration(check.within)} ${hidden}`;
      return [{ message, pointer: `${pointer}/stat` }];
    });
  },
};

function hiddenHours({ stat, within }: MetricCheck): string {
  const hours = ((100 - Number(stat.slice(1))) / 100) * (within / hour);
  return hours >= 1 ? `${Math.round(hours)} h` : `${Math.round(hours * 60)} min`;
}

export const metricFewSamples: Lint = {
  severity: 'warning',
  summary: 'the window of a metric holds fewer than three samples, so one scrape decides',
  fix: 'take a longer window, or a shorter `step`',
  example: metric('{ of: errors, within: 10m, stat: max, atMost: 5 }'),
  mended: metric('{ of: errors, within: 1h, stat: max, atMost: 5 }'),
  judge({ policy }) {
    return metricsOf(policy).flatMap(({ check, pointer, spec }): readonly Finding[] => {
      const step = stepOf(spec);
      if (step === undefined || check.stat === 'last' || check.within >= 3 * step) return [];
      const samples = Math.floor(check.within / step);
      const message = `${formatDuration(check.within)} hold ${samples} ${samples === 1 ? 'sample' : 'samples'} of \`${check.of}\`, one every ${formatDuration(step)}`;
      return [{ message, pointer: `${pointer}/within` }];
    });
  },
};

function stepOf(spec: EvidenceSpec): number | undefined {
  return 'step' in spec ? spec.step : undefined;
}

/** How long Prometheus keeps samples unless it is told otherwise (`--storage.tsdb.retention.time`). */
const retention = 15 * day;

export const metricRetention: Lint = {
  severity: 'note',
  summary:
    'the window of a metric, with its baseline, is longer than the 15 days for which Prometheus keeps samples by default',
  fix: 'take a shorter window, or make sure that the server keeps its samples for so long',
  example: metric('{ of: errors, within: 30d, stat: max, atMost: 5 }'),
  mended: metric('{ of: errors, within: 7d, stat: max, atMost: 5 }'),
  judge({ policy }) {
    return metricsOf(policy).flatMap(({ check, pointer, spec }): readonly Finding[] => {
      const { value } = check.bound;
      const span = check.within + (typeof value === 'number' ? 0 : value.baseline);
      if (spec.kind !== 'prometheus' || span <= retention) return [];
      const message = `${formatDuration(span)} of samples are looked at, and Prometheus keeps 15d by default`;
      return [{ message, pointer: `${pointer}/within` }];
    });
  },
};

const firstPhase = (bound: string) => `evidence:
  flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] } } } }
  errors: { prometheus: { url: { env: PROMETHEUS_URL }, step: 5m, query: 'sum(rate(errors_total[5m])) or 0 * sum(up == 1)' } }
phases:
  - id: shadow
    pins: { flags.MODE: shadow }
    monitors:
      - id: few-errors
        title: Few errors
        metric: { of: errors, within: 1h, stat: max, atMost: ${bound} }
`;

export const metricNoBaseline: Lint = {
  severity: 'warning',
  summary:
    'a monitor of the first phase compares with what was before the phase, which no transition keeps: it is never anything but unknown',
  fix: 'take a number as bound, or put the rule under `monitors:` of the policy, where the baseline lies before the window',
  example: firstPhase('{ times: 2, baseline: 24h, floor: 1 }'),
  mended: firstPhase('5'),
  judge({ policy }) {
    const first = policy.phases?.[0]?.id;
    return everyCheckOf(policy).flatMap(({ check, pointer, gate }): readonly Finding[] => {
      if (check.kind !== 'metric' || typeof check.bound.value === 'number' || gate !== `monitors:${first}`)
        return [];
      const message = `no transition leads into \`${first}\`, so nothing keeps what \`${check.of}\` was before it`;
      return [{ message, pointer: `${pointer}/${check.bound.is}` }];
    });
  },
};
