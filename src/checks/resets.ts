import { formatDuration } from '../model/instant.ts';
import type { Check, MetricCheck, QuietCheck, SoakCheck, StreakCheck } from '../model/policy.ts';
import { percent } from './metricBaseline.ts';
import { inline, nameOf } from './streak.ts';

const unread = (name: string) => `a row of ${name} that cannot be read or trusted, until it is mended`;

/** What ends a pass of a check or makes it come later, each in words (semantics sections 5 and 6). Checks of one moment have none. */
export function resetsOf(check: Check): readonly string[] {
  switch (check.kind) {
    case 'streak':
      return streakResets(check);
    case 'soak':
      return soakResets(check);
    case 'quiet':
      return quietResets(check);
    case 'metric':
      return metricResets(check);
    case 'all':
    case 'any':
      return [...new Set(check.checks.flatMap(resetsOf))];
    case 'not':
      return resetsOf(check.check);
    case 'expect':
    case 'assert':
    case 'passes':
    case 'document':
      return [];
  }
}

function streakResets(check: StreakCheck): readonly string[] {
  const name = nameOf(check.of);
  const { per, maxGap, minGap, phase } = check;
  const missing =
    per === 'record'
      ? `more than ${formatDuration(maxGap ?? 0)} without a record in ${name}`
      : `a ${per} without a record in ${name}`;
  const pins = phase === 'in-force' ? 'the phase then in force' : `phase \`${phase}\``;
  return [
    missing,
    ...(check.good === undefined ? [] : [`a record in ${name} that does not fulfil ${inline(check.good)}`]),
    ...(phase === undefined ? [] : [`a record in ${name} without the pins of ${pins}`]),
    ...(minGap === undefined
      ? []
      : [
          `a record less than ${formatDuration(minGap)} after one that counts does not count (it resets nothing)`,
        ]),
    unread(name),
  ];
}

function soakResets(check: SoakCheck): readonly string[] {
  const name = nameOf(check.of);
  return [
    `more than ${formatDuration(check.maxGap)} between two records of ${name}, or since the newest`,
    ...(check.breach === undefined ? [] : [`a record of ${name} fulfilling ${inline(check.breach)}`]),
    `any row of \`${check.of.log}\` with other pins than phase \`${check.phase}\`, or with none`,
    'a rollback',
    unread(`\`${check.of.log}\``),
  ];
}

function quietResets(check: QuietCheck): readonly string[] {
  const name = nameOf(check.of);
  const what = check.incident === undefined ? 'a row' : `a row fulfilling ${inline(check.incident)}`;
  return [
    `${what} in ${name}, for ${formatDuration(check.within)} from its time`,
    `more than ${formatDuration(check.maxGap)} without a record in ${nameOf(check.heartbeat)}`,
    unread(name),
  ];
}

function metricResets({ of, within, minCoverage }: MetricCheck): readonly string[] {
  const span = formatDuration(within);
  return [
    `less than ${percent(minCoverage)} of the samples of \`${of}\` in any ${span}`,
    `a sample of \`${of}\` that is no finite number, for ${span} from its time`,
    'for the monitors of a phase: a transition, after which the window begins again',
  ];
}
