import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/server.ts';

/** A real Prometheus with a folder of its own. */
export interface Prometheus {
  url: string;
  /** Ends the process as a crash would. */
  kill(): Promise<void>;
  /** Starts it again, over the same data and at the same address. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

export interface Setup {
  /** OpenMetrics with timestamps. */
  history?: string;
  /** Job to the `host:port` that is scraped every second. */
  jobs?: Readonly<Record<string, string>>;
}

/** Installed by `.ci/run`; elsewhere it is `apt-get install --no-install-recommends prometheus`. */
export async function startPrometheus({ history, jobs = {} }: Setup): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'soakgate-prometheus-'));
  const data = join(folder, 'data');
  const config = join(folder, 'prometheus.yml');
  const scrapes = Object.entries(jobs).map(([job, target]) => ({
    job_name: job,
    static_configs: [{ targets: [target] }],
  }));
  const global = { scrape_interval: '1s', scrape_timeout: '1s' };
  writeFileSync(config, JSON.stringify({ global, scrape_configs: scrapes }));
  if (history !== undefined) load(history, { file: join(folder, 'history.txt'), data });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child?.once('exit', done));
    child.kill('SIGKILL');
    await ended;
  };
  const start = async (): Promise<void> => {
    child = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=10y',
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    child.once('error', () => undefined);
    await untilReady(url, child);
  };
  await start();
  const remove = async (): Promise<void> => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, kill, start, remove };
}

function load(history: string, { file, data }: { file: string; data: string }): void {
  writeFileSync(file, history);
  const made = spawnSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', file, data], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`promtool made no history: ${made.stderr || String(made.error)}`);
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error('prometheus does not start: is it installed?');
    const ready = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await sleep(50);
  }
  throw new Error('prometheus is not ready after ten seconds');
}

/** Waits until something holds; how long at most is said in milliseconds. */
export async function until(holds: () => Promise<boolean>, most = 15_000): Promise<void> {
  const end = performance.now() + most;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it does not come to hold');
    await sleep(200);
  }
}
