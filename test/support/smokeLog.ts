import type { LogSpec } from '../../src/model/policy.ts';

/** A log of smoke records as tests of single rows need it. */
export const smoke: LogSpec = {
  kind: 'log',
  path: 'docs/smoke-{yyyy}-{MM}.md',
  table: 'Entries',
  time: { column: 'Timestamp (UTC)', zone: 'UTC', kind: 'instant' },
  columns: {
    AUTH_MODE: { type: 'string', oneOf: ['shadow', 'enforced'] },
    Checks: { type: 'string', oneOf: ['pass', 'fail', 'not-run'] },
    Details: { type: 'string' },
  },
  views: {},
  order: 'oldest-first',
  dated: 'optional',
  tolerance: 0,
};

export const header = '| Timestamp (UTC) | AUTH_MODE | Checks | Details |\n| --- | --- | --- | --- |\n';
