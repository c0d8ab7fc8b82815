import type { Verdict } from './verdict.ts';

/** How much stood behind a verdict: `full` if every declared command was observed, `quick` otherwise (spec section 10). */
export type Mode = 'full' | 'quick';

export function modeOf({ evidence }: Pick<Verdict, 'evidence'>): Mode {
  const commands = evidence.filter((item) => item.kind === 'command');
  return commands.length > 0 && commands.every((item) => item.status === 'observed') ? 'full' : 'quick';
}

/** How many items of evidence were there to be judged. */
export function observedIn({ evidence }: Pick<Verdict, 'evidence'>): number {
  return evidence.filter((item) => item.status === 'observed').length;
}
