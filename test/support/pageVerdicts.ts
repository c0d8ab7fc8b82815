import type { Detail, RuleReport, Verdict } from '../../src/model/verdict.ts';
import { fullVerdict, gateReport, ruleByOutcome, ruleReport, verdictOf, verdictWith } from './verdicts.ts';

const minute = 60_000;
const start = Date.UTC(2026, 1, 17, 9);

/** Samples each 20 minutes of three days: a wave with a spike, and a gap of five hours. */
export function seriesWith({ spike }: { spike: number }): NonNullable<Detail['series']> {
  const all = Array.from({ length: 216 }, (_, index) => ({
    at: new Date(start + index * 20 * minute).toISOString().replace('.000Z', 'Z'),
    value: index === 150 ? spike : Math.round(10 + 8 * Math.sin(index / 9)) / 10,
  }));
  return all.filter((_, index) => index < 60 || index >= 75);
}

function metricRule(change: Partial<RuleReport>, detail: Detail): RuleReport {
  return ruleReport({
    title: 'No regression of authentication',
    demand: 'the max of `auth-failures` over 7d is at most 5',
    required: { atMost: 5 },
    cites: [{ evidence: 'auth-failures', query: 'sum(rate(auth_failures_total[5m]))' }],
    detail,
    ...change,
  });
}

const stepTaken = '2026-02-18T12:00:00Z';

/** Every section of a page at once: a road with steps taken, soaks, calendars, charts, more than thirty rules. */
export const richVerdict: Verdict = {
  ...fullVerdict,
  phase: {
    current: 'auth-enforced',
    next: 'vault-enforced',
    since: stepTaken,
    drift: [],
    road: [
      { id: 'shadow', title: 'Everything in shadow', state: 'past', enteredAt: '2026-02-16T08:00:00Z' },
      {
        id: 'auth-enforced',
        title: 'Authentication enforced',
        state: 'current',
        enteredAt: stepTaken,
        by: 'docs/audits/transitions-2026.md:10',
      },
      { id: 'vault-enforced', title: 'Secrets vault enforced', state: 'ahead' },
    ],
  },
  gates: [
    ...fullVerdict.gates.map((gate) =>
      gate.role === 'outlook'
        ? gate
        : {
            ...gate,
            rules: [
              ...gate.rules,
              metricRule(
                { id: 'auth-spike', outcome: 'fail', code: 'metric.beyond-bound', message: 'the max is 9' },
                { series: seriesWith({ spike: 9 }), bound: 5 },
              ),
            ],
          },
    ),
    gateReport({
      id: 'monitors',
      rules: [
        metricRule({ id: 'quiet', message: 'the max is 2' }, { series: seriesWith({ spike: 2 }), bound: 5 }),
        ...Array.from({ length: 24 }, (_, index) =>
          ruleReport({
            id: `held-${index + 1}`,
            controls: ['AC-2', 'SI-4'],
            observed: { 'flags.MODE': 'on' },
          }),
        ),
      ],
    }),
    gateReport({
      id: 'entry:vault-enforced',
      role: 'outlook',
      decision: 'hold',
      rules: [
        {
          ...ruleByOutcome.fail,
          id: 'auth-soak',
          outcome: 'pending',
          code: 'soak.short',
          message: '20 h of 24 h were observed',
          observed: 72_000,
          detail: {
            spans: [
              { from: '2026-02-22T02:00:00Z', to: '2026-02-22T09:00:00Z', ended: 'soak.breach' },
              { from: '2026-02-23T13:00:00Z', to: '2026-02-24T09:00:00Z' },
            ],
          },
        },
      ],
    }),
  ],
};

const long = 'unbroken'.repeat(40);

/** Titles, ids and paths as long as nobody should write them. */
export const longVerdict: Verdict = {
  ...richVerdict,
  policy: {
    ...richVerdict.policy,
    title: `A title of many words that goes on ${long}`,
    path: `${long}.yaml`,
  },
  gates: richVerdict.gates.map((gate) => ({
    ...gate,
    id: `${gate.id}-${long}`,
    rules: gate.rules.map((rule) => ({ ...rule, id: `${rule.id}-${long}`, title: `${rule.title} ${long}` })),
  })),
};

/** Nothing was judged of a policy without phases. */
export const emptyVerdict: Verdict = verdictWith({
  decision: 'hold',
  message: 'no gate was judged',
  gates: [],
  evidence: [],
  inputs: [],
});

/** Pages that a browser looks at, by name. */
export const pages: Readonly<Record<string, readonly Verdict[]>> = {
  go: [verdictOf('go', 'live')],
  hold: [verdictOf('hold', 'live')],
  'no-go': [richVerdict],
  empty: [emptyVerdict],
  long: [longVerdict],
  several: [fullVerdict, verdictOf('go', 'as-of'), verdictOf('go', 'live')],
};
