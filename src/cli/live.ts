import type { CheckRequest } from '../gate/check.ts';
import { type Given, has, type Session } from './command.ts';
import type { ProgressView } from './progress.ts';
import { styleOf } from './style.ts';
import { canRedraw, openTerminal } from './terminal.ts';
import { writeError } from './write.ts';

export type ProgressOption = Pick<CheckRequest, 'onProgress'>;

const standardError = 2;

/** Does some work with its progress shown on standard error meanwhile; on a terminal nothing of it is left afterwards. */
export async function withProgress<T>(
  given: Given,
  session: Session,
  work: (progress: ProgressOption) => Promise<T>,
): Promise<T> {
  // Without commands there is nothing that takes long enough to be watched.
  if (has(given, 'quiet') || !has(given, 'run')) return work({});
  const view = await openView(given, session);
  try {
    return await work({ onProgress: view.onEvent });
  } finally {
    view.stop();
  }
}

async function openView(given: Given, session: Session): Promise<ProgressView> {
  const { createProgress } = await import('./progress.ts');
  const { color, unicode } = styleOf(standardError, given, session);
  const live = canRedraw(session.env);
  const stream = live ? openTerminal(standardError) : undefined;
  const size = (): { columns: number; rows: number } => {
    const [columns, rows] = stream?.getWindowSize() ?? [80, 24];
    return { columns, rows };
  };
  return createProgress({ write: writeError, live, size, color, unicode, now: () => performance.now() });
}
