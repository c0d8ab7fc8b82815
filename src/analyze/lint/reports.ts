import { pointTo } from '../../model/pointer.ts';
import type { Finding, Lint } from './lint.ts';

export const undatedReport: Lint = {
  severity: 'note',
  summary: 'a report has no date in its path, so each run replaces what the one before said',
  fix: 'put `{yyyy}-{MM}-{dd}` into the path, or leave it if the newest alone is wanted',
  example: `reports:
  readiness: { format: markdown, path: docs/readiness.md }
`,
  mended: `reports:
  readiness: { format: markdown, path: 'docs/readiness-{yyyy}-{MM}-{dd}.md' }
`,
  judge({ policy }) {
    return Object.entries(policy.reports).flatMap(([name, { path }]): readonly Finding[] => {
      if (path.includes('{yyyy}')) return [];
      const message = `each run replaces \`${path}\``;
      return [{ message, pointer: pointTo('/reports', name, 'path') }];
    });
  },
};
