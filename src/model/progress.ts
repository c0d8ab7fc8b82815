/** What happens to a command while it runs, for whoever draws it. Texts are redacted, but not yet fit for a terminal. */
export type Progress =
  | { type: 'started'; id: string; argv: readonly string[] }
  /** The newest whole line of output. */
  | { type: 'line'; id: string; text: string }
  /** Whole seconds, rounded up. */
  | { type: 'ended'; id: string; seconds: number; ended: CommandEnd };

/** How a command ended, in a form that can be shown. */
export type CommandEnd =
  | { how: 'exited'; exitCode: number }
  | { how: 'timed-out' | 'flooded' | 'not-started' | 'interrupted' }
  | { how: 'signalled'; signal: string };
