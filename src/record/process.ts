import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process as others can find it again. A number alone is not enough: the system gives it to another one later. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the system's own form. */
  started: string;
  /** Names this run of the machine, from one start to the next. */
  boot: string;
  host: string;
  /** The space in which process numbers count: containers of one machine have their own. */
  space: string;
}

/** `elsewhere`: another machine or container, so that nobody here can tell. */
export type Liveness = 'alive' | 'dead' | 'elsewhere';

/** This process. */
export function ownIdentity(): ProcessIdentity {
  const { pid } = process;
  return { pid, started: startOf(pid) ?? '', boot: bootName(), host: hostname(), space: processSpace() };
}

/** Whether a process still runs. INVARIANT: `dead` is only said of what can be known here for certain. */
export function livenessOf(other: ProcessIdentity): Liveness {
  if (other.host !== hostname()) return 'elsewhere';
  // The machine was started again since: nothing of then is left.
  if (other.boot !== bootName()) return 'dead';
  if (other.space !== processSpace()) return 'elsewhere';
  const started = startOf(other.pid);
  return started === undefined || started !== other.started ? 'dead' : 'alive';
}

/** Undefined if no such process runs; one that ended and was not yet waited for does not run. */
function startOf(pid: number): string | undefined {
  return process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
}

function startOnLinux(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  // The name of the program stands in parentheses and may hold anything; after it: state, …, start (proc(5)).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields ?? [];
  return state === undefined || state === 'Z' || state === 'X' ? undefined : fields?.[19];
}

function startByPs(pid: number): string | undefined {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
  const run = spawnSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], { env, encoding: 'utf8' });
  const [state = '', ...started] = run.status === 0 ? run.stdout.trim().split(/\s+/) : [];
  return state === '' || state.startsWith('Z') ? undefined : started.join(' ');
}

let boot: string | undefined;

function bootName(): string {
  boot ??= readText('/proc/sys/kernel/random/boot_id')?.trim() ?? bootBySysctl();
  return boot;
}

function bootBySysctl(): string {
  const run = spawnSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' });
  return run.status === 0 ? run.stdout.trim() : '';
}

function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
