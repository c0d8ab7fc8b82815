import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { CommandRequest, RunOptions } from '../../../src/collect/command/request.ts';
import { createRedactor } from '../../../src/collect/redact.ts';
import type { Progress } from '../../../src/model/progress.ts';

export const node = process.execPath;

const folders: string[] = [];

/** A temporary folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'soakgate-command-'));
  folders.push(path);
  return path;
}

afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

export function request(argv: readonly string[], more: Partial<CommandRequest> = {}): CommandRequest {
  return { id: 'it', argv, cwd: tmpdir(), timeout: 10_000, env: [], serial: false, ...more };
}

export function options(more: Partial<RunOptions> = {}): RunOptions & { events: Progress[] } {
  const events: Progress[] = [];
  return {
    parallel: 2,
    redactor: createRedactor([]),
    baseEnv: process.env,
    clock: () => 1_771_923_600_000,
    onProgress: (event) => events.push(event),
    signal: new AbortController().signal,
    events,
    ...more,
  };
}

/** Living processes whose command line or environment holds a text, by what the system itself says. */
export function processesWith(text: string): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^[0-9]+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      if (/\) [ZX] /.test(stat)) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      const found = command.includes(text) || readFileSync(`/proc/${pid}/environ`, 'latin1').includes(text);
      return found ? [`${pid} ${command.replaceAll('\0', ' ')}`] : [];
    } catch {
      return [];
    }
  });
}
