/** The reason codes of the check `metric`; part of the closed list in `reasons.ts`. */
export const metricReasons = {
  'metric.beyond-bound': {
    meaning: 'the statistic breaks its bound',
    todo: 'look at the worst samples; mend the cause, or go back a phase',
  },
  'metric.empty': {
    meaning: 'the window holds no sample',
    todo: 'see that the query gives a series and that somebody measures',
  },
  'metric.few-samples': {
    meaning: 'fewer samples are there than `minCoverage` asks for',
    todo: 'see why samples are missing, and wait until the gap has left the window',
  },
  'metric.limit-violated': {
    meaning: 'more samples break the bound than `failureLimit` allows',
    todo: 'look at the worst samples; mend the cause, or go back a phase',
  },
  'metric.no-baseline': {
    meaning: 'no transition kept what was measured before the phase began',
    todo: 'go back a phase with rollback, and advance again',
  },
  'metric.no-start': {
    meaning: 'nothing says when the phase began',
    todo: 'write the first record of the phase',
  },
  'metric.not-begun': { meaning: 'the phase was not entered', todo: 'enter the phase' },
  'metric.not-finite': {
    meaning: 'a sample or what is calculated from it is no finite number',
    todo: 'guard the query against a division by zero',
  },
  'metric.not-reached': {
    meaning: 'too few of the newest samples keep the bound one after the other',
    todo: 'wait for more samples',
  },
  'metric.short': {
    meaning: 'the phase is younger than the window',
    todo: 'wait until the instant named',
  },
  'metric.span-short': {
    meaning: 'samples were not asked for from the start of the span on',
    todo: 'collect again',
  },
  'metric.stale': { meaning: 'the newest sample is too old', todo: 'collect again' },
  'metric.within-bound': { meaning: 'the metric keeps its bound', todo: 'nothing' },
} as const;
