// Runs a program and gives its exit code; what the scripts share.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Exit code of the program; 128 if a signal ended it. With `capture`, its output is gathered instead of shown. */
export function run(file, args, { capture = false, stdio, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const streams = stdio ?? (capture ? ['ignore', 'pipe', 'pipe'] : ['inherit', 'inherit', 'inherit']);
    const child = spawn(file, args, { cwd: root, ...options, stdio: streams });
    const output = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text) => (output.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 128, ...output }));
  });
}

/** The npm that started us, or the one in PATH. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') || cli?.endsWith('.cjs')
    ? run(process.execPath, [cli, ...args], options)
    : run('npm', args, options);
}

/** A package's own program, run by this Node (no shell, no PATH). */
export const tool = (path, args, options) =>
  run(process.execPath, [`${root}/node_modules/${path}`, ...args], options);
