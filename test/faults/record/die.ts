import { createRequire, syncBuiltinESMExports } from 'node:module';

type Call = (...args: unknown[]) => unknown;
const fs = createRequire(import.meta.url)('node:fs') as Record<string, Call>;

/**
 * The process is gone before its call number `at` to the file system, counted from the first call of `from`, or from now
 * on; of a write a share is done first, as a kill in the midst of it does. What goes to standard output does not count.
 * The sources under test have no switch for this.
 */
export function dieAt({
  at,
  share,
  calls,
  from,
}: {
  at: number;
  share: number;
  calls: readonly string[];
  from?: string;
}): void {
  let count = 0;
  const die = (): never => {
    process.kill(process.pid, 'SIGKILL');
    for (;;);
  };
  for (const name of calls) {
    const real = fs[name] as Call;
    fs[name] = (...args) => {
      const [fd, bytes] = args;
      if (fd === 1) return real(...args);
      if (from === undefined || count > 0 || name === from) count++;
      if (count < at) return real(...args);
      if (name === 'writeSync') {
        const whole = typeof bytes === 'string' ? Buffer.from(bytes) : (bytes as Buffer);
        real(fd, whole.subarray(0, Math.floor(whole.length * share)));
      }
      return die();
    };
  }
  syncBuiltinESMExports();
}
