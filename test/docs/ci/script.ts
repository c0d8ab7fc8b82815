import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Ran {
  code: number | null;
  output: string;
}

/** What a job finds whatever the CI: no variable of the one who tests, and packages from the cache alone. */
export function jobEnvironment(home: string): Readonly<Record<string, string>> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    CI: 'true',
    GIT_CONFIG_NOSYSTEM: '1',
    npm_config_offline: 'true',
    npm_config_audit: 'false',
    npm_config_update_notifier: 'false',
  };
}

/** Runs a script as a file, which is how all three do it, with both streams together as in a job's log. */
export function runScript(
  shell: readonly string[],
  script: string,
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<Ran> {
  const file = join(mkdtempSync(join(env['HOME'] ?? '', 'step-')), 'script.sh');
  writeFileSync(file, script);
  const [program = '', ...words] = shell;
  return new Promise((done, fail) => {
    const child = spawn(program, [...words, file], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', fail);
    child.on('close', (code) => done({ code, output }));
  });
}
