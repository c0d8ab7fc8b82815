import type { Command } from './command.ts';

/** The family of commands; a command's own file is loaded when it is asked for. */
export interface CommandEntry {
  summary: string;
  /** Whether it may use what earlier runs have kept, and keep something itself. */
  caches?: true;
  load(): Promise<Command>;
}

export const commands: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  [
    'advance',
    {
      summary: 'judge the step into the next phase, and record it if it is go',
      load: async () => (await import('./advance.ts')).advanceCommand,
    },
  ],
  [
    'check',
    {
      summary: 'judge a rollout; the exit code is the decision',
      caches: true,
      load: async () => (await import('./check.ts')).checkCommand,
    },
  ],
  [
    'collect',
    {
      summary: 'collect evidence alone and write it as a file for --evidence',
      caches: true,
      load: async () => (await import('./collect.ts')).collectCommand,
    },
  ],
  [
    'explain',
    {
      summary: 'tell what a rule demands and why it stands as it does; or a code',
      caches: true,
      load: async () => (await import('./explain.ts')).explainCommand,
    },
  ],
  [
    'fmt',
    {
      summary: 'lay out policies and waivers in one style',
      load: async () => (await import('./fmt.ts')).fmtCommand,
    },
  ],
  [
    'lint',
    {
      summary: 'find mistakes in policies and waivers',
      load: async () => (await import('./lint.ts')).lintCommand,
    },
  ],
  [
    'record',
    {
      summary: 'add one row to a log, as the policy declares it',
      caches: true,
      load: async () => (await import('./record.ts')).recordCommand,
    },
  ],
  [
    'rollback',
    {
      summary: 'go back to an earlier phase, and record it',
      load: async () => (await import('./rollback.ts')).rollbackCommand,
    },
  ],
  [
    'report',
    {
      summary: 'draw verdicts that were kept, in any format',
      load: async () => (await import('./report.ts')).reportCommand,
    },
  ],
  [
    'schema',
    {
      summary: 'print a JSON Schema: policy, waiver, evidence, verdict',
      load: async () => (await import('./schema.ts')).schemaCommand,
    },
  ],
  [
    'status',
    {
      summary: 'tell where a rollout stands and what its next step needs',
      caches: true,
      load: async () => (await import('./status.ts')).statusCommand,
    },
  ],
  [
    'streak',
    {
      summary: 'tell the streaks over a log, day by day, and what today needs',
      caches: true,
      load: async () => (await import('./streak.ts')).streakCommand,
    },
  ],
  [
    'watch',
    {
      summary: 'judge again and again, and show what changes',
      load: async () => (await import('./watch.ts')).watchCommand,
    },
  ],
]);
