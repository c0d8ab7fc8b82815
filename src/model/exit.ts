import type { Verdict } from './verdict.ts';

/**
 * What the process says (semantics section 12): 0 go, 1 no-go, 2 could not evaluate, 3 hold, 4 internal error or
 * result not wholly written.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/**
 * The exit code of one verdict; the only place that decides it. INVARIANT: 0 needs `go` said of the present: a `go`
 * as of another instant is 3, and so is whatever this version does not know.
 */
export function exitCodeOf(verdict: Pick<Verdict, 'decision' | 'evidenceMode'>): 0 | 1 | 3 {
  if (verdict.decision === 'no-go') return 1;
  const present = verdict.evidenceMode === 'live' || verdict.evidenceMode === 'imported';
  return verdict.decision === 'go' && present ? 0 : 3;
}

const worstFirst: readonly ExitCode[] = [4, 2, 1, 3, 0];

/** The worst of several codes: 4, 2, 1, 3, 0. None at all means that nothing was judged, which is 4. */
export function worstExit(codes: readonly ExitCode[]): ExitCode {
  return worstFirst.find((code) => codes.includes(code)) ?? 4;
}
