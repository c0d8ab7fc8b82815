import { measure } from '../checks/metricBaseline.ts';
import { seriesOf } from '../checks/metricWindow.ts';
import type { CheckContext } from '../checks/context.ts';
import type { Baseline } from '../model/baseline.ts';
import { plainChecks } from '../model/checks.ts';
import { ceilSecond, formatSecond } from '../model/instant.ts';
import type { MetricCheck } from '../model/policy.ts';
import { look } from './evaluate.ts';
import type { Evaluation } from './judged.ts';

/**
 * What the monitors of a phase will compare with, measured over the spans before the instant of evaluation: `advance`
 * keeps it in the verdict of the transition into that phase (semantics section 4). Pure, as `evaluate` is. Evidence that
 * says nothing leaves an entry with its reason, so that the monitors can tell why there is no baseline.
 */
export function baselinesOf(input: Evaluation, phase: string): readonly Baseline[] {
  const now = ceilSecond(input.now);
  const monitors = input.policy.phases?.find(({ id }) => id === phase)?.monitors ?? [];
  const spikes = monitors.flatMap(({ check }) =>
    plainChecks(check).flatMap((part) => (part.kind === 'metric' ? spikeOf(part) : [])),
  );
  const distinct = new Map(
    spikes.map((spike) => [JSON.stringify([spike.of, spike.stat, spike.baseline]), spike]),
  );
  const { context } = look(input, now);
  return [...distinct.values()].map((spike) => baselineOf(spike, context));
}

interface Compared {
  of: string;
  stat: string;
  baseline: number;
}

function spikeOf({ of, stat, bound: { value } }: MetricCheck): readonly Compared[] {
  return typeof value === 'number' ? [] : [{ of, stat, baseline: value.baseline }];
}

function baselineOf({ of, stat, baseline }: Compared, context: CheckContext): Baseline {
  const span = { start: context.now - baseline, end: context.now };
  const times = { from: formatSecond(span.start), to: formatSecond(span.end) };
  const item = context.evidence(of);
  const { query } = item.source;
  const entry = { evidence: of, stat, ...times, ...(query === undefined ? {} : { query }) };
  if (item.status === 'absent') return { ...entry, code: item.code, message: item.message };
  const { content } = item;
  if (content.type !== 'samples') {
    return { ...entry, code: 'evidence.ill-typed', message: `\`${of}\` holds no samples` };
  }
  const series = seriesOf(content).filter(({ time }) => time <= span.end);
  return { ...entry, ...measure({ of, stat }, span, { content, series }) };
}
