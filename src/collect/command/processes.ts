import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A command's processes: those of its session, and those that carry its marker. */
export interface ProcessGroup {
  /** Process id of the command: also that of its group and its session. */
  leader: number;
  /** Text in the environment of every descendant that did not clear it. */
  marker: string;
  /** Start of the leader in clock ticks since boot; no descendant is older. Undefined where there is no `/proc`. */
  since: number | undefined;
}

interface Stat {
  pid: number;
  state: string;
  parent: number;
  group: number;
  session: number;
  start: number;
}

/** Where the processes of others can be seen. */
const proc = '/proc';

export function processGroup(leader: number, marker: string): ProcessGroup {
  return { leader, marker, since: readStat(leader)?.start };
}

/** Milliseconds of killing after which whatever is left (a process may hang in the kernel) is given up. */
const longestKilling = 1000;

/** Ends every process of the group: asks with SIGTERM, and after `grace` milliseconds kills what is left. */
export async function endProcesses(group: ProcessGroup, grace: number): Promise<void> {
  const deadline = performance.now() + grace;
  // What is found now is remembered: a child that left session and environment is known by its living parent only.
  const found = members(group);
  const known = new Set(found.map(({ pid }) => pid));
  signalAll(group, 'SIGTERM', found);
  // A stopped process takes no SIGTERM before it goes on.
  signalAll(group, 'SIGCONT', found);
  for (let pause = 10; isAlive(group, known) && performance.now() < deadline; pause *= 2) {
    await delay(Math.min(pause, 100, Math.max(1, deadline - performance.now())));
  }
  await killProcesses(group, known);
}

/** Kills every process of the group at once, again and again until none is left. */
export async function killProcesses(
  group: ProcessGroup,
  known: ReadonlySet<number> = new Set(),
): Promise<void> {
  const deadline = performance.now() + longestKilling;
  for (let pause = 5; performance.now() < deadline; pause = Math.min(pause * 2, 50)) {
    const found = members(group, known);
    if (group.since === undefined ? !send(-group.leader, 0) : found.length === 0) return;
    // Stopped first, so that none can beget another while the others are being killed.
    signalAll(group, 'SIGSTOP', found);
    signalAll(group, 'SIGKILL', found);
    await delay(pause);
  }
}

const live = new Set<ProcessGroup>();

/** If this process ends before the group does, for whatever reason but SIGKILL, the group is killed. */
export function killOnExit(group: ProcessGroup): () => void {
  if (live.size === 0) process.on('exit', killLive);
  live.add(group);
  return () => {
    live.delete(group);
    if (live.size === 0) process.removeListener('exit', killLive);
  };
}

function killLive(): void {
  for (const group of live) {
    for (const signal of ['SIGSTOP', 'SIGKILL'] as const) signalAll(group, signal, members(group));
  }
}

function isAlive(group: ProcessGroup, known: ReadonlySet<number>): boolean {
  return group.since === undefined ? send(-group.leader, 0) : members(group, known).length > 0;
}

function signalAll(group: ProcessGroup, signal: NodeJS.Signals, found: readonly Stat[]): void {
  // The number of a group that is empty may soon be another's: only a group that was seen gets a signal.
  if (group.since === undefined || found.some((stat) => stat.group === group.leader))
    send(-group.leader, signal);
  for (const stat of found) if (stat.group !== group.leader) send(stat.pid, signal);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    // It ended in the meantime, or belongs to another user: nothing more can be done about it here.
    return false;
  }
}

/** Living processes of the group, and their descendants wherever they are. */
function members(group: ProcessGroup, known: ReadonlySet<number> = new Set()): readonly Stat[] {
  if (group.since === undefined) return [];
  const stats = processIds().flatMap((pid) => readStat(pid) ?? []);
  const young = stats.filter(({ pid, start }) => pid !== process.pid && start >= (group.since ?? 0));
  const inside = new Set(
    young.filter((stat) => known.has(stat.pid) || isMember(group, stat)).map(({ pid }) => pid),
  );
  for (let before = -1; before !== inside.size; ) {
    before = inside.size;
    for (const { pid, parent } of young) if (inside.has(parent)) inside.add(pid);
  }
  // A zombie is dead already and waits for its parent to notice.
  return young.filter(({ pid, state }) => inside.has(pid) && state !== 'Z' && state !== 'X');
}

function isMember(group: ProcessGroup, { pid, group: pgid, session }: Stat): boolean {
  if (pgid === group.leader || session === group.leader) return true;
  return readProc(pid, 'environ')?.includes(group.marker) ?? false;
}

function processIds(): readonly number[] {
  try {
    return readdirSync(proc).flatMap((name) => (/^[1-9][0-9]*$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

/** proc(5): the name stands in parentheses and may hold anything, so fields are counted after the last one. */
function readStat(pid: number): Stat | undefined {
  const text = readProc(pid, 'stat')?.toString('latin1');
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined || fields.length < 20) return undefined;
  const [state = '', parent, group, session] = fields;
  return {
    pid,
    state,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    start: Number(fields[19]),
  };
}

function readProc(pid: number, file: string): Buffer | undefined {
  try {
    return readFileSync(`${proc}/${pid}/${file}`);
  } catch {
    return undefined;
  }
}
