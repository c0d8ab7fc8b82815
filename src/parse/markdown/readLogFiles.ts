import type { LogSpec } from '../../model/policy.ts';
import type { LogSource } from './logSource.ts';
import { readLog, type LogOptions, type LogReading } from './readLog.ts';

/** Reads a log, and loads the full Markdown reader only if a file needs it. */
export async function readLogFiles(
  files: readonly LogSource[],
  spec: LogSpec,
  options: Omit<LogOptions, 'rich'>,
): Promise<Exclude<LogReading, { status: 'needs-rich' }>> {
  const fast = readLog(files, spec, options);
  if (fast.status !== 'needs-rich') return fast;
  const { createCellReader, readWithRemark } = await import('./remark.ts');
  const full = readLog(files, spec, { ...options, rich: { readText: readWithRemark, createCellReader } });
  if (full.status === 'needs-rich') throw new Error('the full reader asked for itself');
  return full;
}
