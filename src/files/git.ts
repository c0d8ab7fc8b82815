/** What a git call gave. A git that is not installed, timed out or failed is `ok: false`; its own words are not kept. */
export type GitAnswer = { ok: true; out: Buffer } | { ok: false; exitCode: number | undefined };

/**
 * Configuration of the user or the clone that could run programs, wait for people or change what is printed. Hooks and
 * the file-system monitor are programs; attributes from outside the tree and stats that are not compared could hide a
 * change; replaced objects and grafts by ref would let a clone lie about history.
 */
const quiet = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.quotePath', 'false'],
  ['core.attributesFile', '/dev/null'],
  ['core.checkStat', 'default'],
  ['core.trustctime', 'true'],
  ['color.ui', 'false'],
  ['log.showSignature', 'false'],
  ['status.renames', 'false'],
  ['status.relativePaths', 'false'],
  ['diff.ignoreSubmodules', 'none'],
  ['submodule.recurse', 'false'],
].flatMap(([key, value]) => ['-c', `${key}=${value}`]);

/** GIT_DIR and its kin are left out on purpose: set inside a hook they would point at another repository. */
const kept = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'XDG_CONFIG_HOME',
  'SystemRoot',
  'TMPDIR',
  'GIT_CEILING_DIRECTORIES',
];

function gitEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_PAGER: 'cat',
  };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/** Most bytes of one answer that are kept, and the time one call may take. */
const answerCap = 64 * 1024 * 1024;
const callTimeout = 20_000;

/**
 * Runs git in a folder: argument vector, no shell, no prompt, no locks. The caller puts `--` or a full ref name before
 * whatever comes from outside, so that data never becomes an option (R29).
 */
export function runGit(folder: string, args: readonly string[], input?: string): GitAnswer {
  // Loaded at the first call: most runs of `check` never start git.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const done = spawnSync('git', ['--no-pager', ...quiet, ...args], {
    cwd: folder,
    env: gitEnvironment(),
    input: input ?? '',
    maxBuffer: answerCap,
    timeout: callTimeout,
    killSignal: 'SIGKILL',
    windowsHide: true,
    shell: false,
  });
  // INVARIANT: an error (not found, timed out, too much output) is never an answer, even beside an exit code 0.
  if (done.error || done.status !== 0)
    return { ok: false, exitCode: done.error ? undefined : (done.status ?? undefined) };
  return { ok: true, out: done.stdout };
}

/** The lines or NUL-separated parts of an answer, without the empty one at the end. */
export function partsOf(out: Buffer, separator: '\n' | '\0'): readonly string[] {
  const parts = out.toString('utf8').split(separator);
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

/** A full commit name: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
export function isCommitName(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
