import type { ReasonCode } from '../../model/reasons.ts';

export interface LogFinding {
  code: ReasonCode;
  message: string;
  path: string;
  line: number;
}

/** So many findings of one code in one file are told one by one. */
export const maxFindings = 100;

/** Gathers findings with a bound: a file of a million bad rows has a hundred findings and one that counts the rest. */
export interface LogFindings {
  add(finding: LogFinding): void;
  list(): LogFinding[];
}

export function createLogFindings(): LogFindings {
  const kept: LogFinding[] = [];
  const counts = new Map<string, { count: number; last: LogFinding }>();
  return {
    add(finding) {
      const { code, path } = finding;
      const before = counts.get(`${code} ${path}`);
      const count = (before?.count ?? 0) + 1;
      counts.set(`${code} ${path}`, { count, last: finding });
      if (count <= maxFindings) kept.push(finding);
    },
    list() {
      const all = [...kept];
      for (const { count, last } of counts.values()) {
        if (count > maxFindings)
          all.push({
            ...last,
            message: `${last.message}; ${count - maxFindings} findings of this kind up to here`,
          });
      }
      return all;
    },
  };
}
