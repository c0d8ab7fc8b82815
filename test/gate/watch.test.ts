import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WatchRequest, watch } from '../../src/gate/watch.ts';
import { hour, type Instant, minute, parseInstant, second } from '../../src/model/instant.ts';
import type { Round } from '../../src/model/round.ts';
import { filePolicy } from '../support/policies.ts';
import { makeFolder } from '../support/program.ts';

const start = parseInstant('2026-02-24T09:00:00Z') ?? Number.NaN;

/** A watch over a folder under a clock that only waiting moves; `events` happen at their second. */
async function watched(
  folder: string,
  change: Partial<WatchRequest>,
  events: Readonly<Record<number, () => void>> = {},
) {
  const abort = new AbortController();
  const due = Object.entries(events).map(([at, act]) => ({ at: start + Number(at) * second, act }));
  const rounds: Round[] = [];
  let now: Instant = start;
  const answer = await watch(
    {
      ...{ policyPaths: [], cwd: folder, root: folder, run: false, envFiles: [], inputs: {} },
      ...{ evidenceFiles: [], outputFiles: [], env: {}, clock: () => now, interval: minute },
      signal: abort.signal,
      timeout: 10 * minute,
      ...change,
    },
    {
      wait: (duration) => {
        now += duration;
        if (now > start + 30 * 24 * hour) abort.abort();
        for (const event of due.splice(0)) {
          if (event.at <= now) event.act();
          else due.push(event);
        }
        return Promise.resolve();
      },
      onRound: (round) => rounds.push(round),
    },
  );
  const code = answer.ok ? answer.value.map(({ verdict }) => verdict.decision).join() : 'problems';
  const seconds = rounds.map(({ at }) => (at - start) / second);
  return { answer, code, rounds, seconds };
}

describe('watch', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder({ 'policies/file.yaml': filePolicy, 'mode.json': '{"mode":"shadow"}' });
  });
  afterEach(() => folder.remove());
  const put = (name: string, text: string) => () => {
    writeFileSync(join(folder.path, name), text);
    // Two writings within one tick of the file system's clock would look alike.
    utimesSync(join(folder.path, name), 1, 1 + text.length);
  };

  it('judges at the interval and once more when the time is up', async () => {
    const { seconds, code, rounds } = await watched(folder.path, { timeout: 150 * second });
    expect(seconds).toEqual([0, 60, 120, 150]);
    expect(code).toBe('no-go');
    expect(rounds.map(({ next }) => next === undefined)).toEqual([false, false, false, true]);
    expect(rounds.flatMap(({ changes }) => changes)).toEqual([]);
  });

  it('judges soon after a file changes, once it rests, says what changed, and ends at what it was to wait for', async () => {
    const { seconds, code, rounds } = await watched(
      folder.path,
      { interval: hour, timeout: 3 * hour, until: 'go' },
      { 601: put('mode.json', '{"mode":'), 603: put('mode.json', '{"mode":"enforced"}') },
    );
    expect(seconds).toEqual([0, 606]);
    expect(code).toBe('go');
    expect(rounds.at(-1)?.changes).toEqual([
      { policy: 'file', what: 'decision', from: 'no-go', to: 'go' },
      { policy: 'file', what: 'rule', gate: 'preflight', rule: 'mode-enforced', from: 'fail', to: 'pass' },
    ]);
  });

  it.each(['go', 'no-go'] as const)('ends at once if everything says %s already', async (until) => {
    put('mode.json', `{"mode":"${until === 'go' ? 'enforced' : 'shadow'}"}`)();
    expect(await watched(folder.path, { until })).toMatchObject({ seconds: [0], code: until });
  });

  it('a removed file is a change, and no go', async () => {
    put('mode.json', '{"mode":"enforced"}')();
    const gone = { 61: () => rmSync(join(folder.path, 'mode.json')) };
    const { code, seconds } = await watched(folder.path, { interval: hour, timeout: 5 * minute }, gone);
    expect(seconds).toEqual([0, 64, 300]);
    expect(code).toBe('hold');
  });

  it('a policy that is wrong at first ends it; one that is being edited is waited for', async () => {
    const good = { 30: put('policies/file.yaml', filePolicy) };
    put('policies/file.yaml', 'kind: Policy\n')();
    expect(await watched(folder.path, {}, good)).toMatchObject({ code: 'problems', rounds: [] });
    good[30]();
    const edited = { 20: put('policies/file.yaml', 'kind: Polizy\n'), ...good };
    const { code, rounds } = await watched(folder.path, { timeout: 50 * second }, edited);
    expect(rounds.map(({ problems }) => problems.length > 0)).toEqual([false, true, false, false]);
    expect(code).toBe('no-go');
  });

  it('a policy that is wrong when the time is up is no decision', async () => {
    const bad = { 5: put('policies/file.yaml', 'kind: Policy\n') };
    expect((await watched(folder.path, { timeout: minute }, bad)).code).toBe('problems');
  });

  it('is there again at the instant at which time alone can bring a pass', async () => {
    put(
      'policies/file.yaml',
      filePolicy
        .replace('evidence:\n', `evidence:\n${log}`)
        .replace(
          'preflight:\n',
          'preflight:\n  - { id: calm, title: Calm, quiet: { of: incidents, heartbeat: smoke, within: 1h, maxGap: 40m } }\n',
        ),
    )();
    put('smoke.md', table(['07:59', '08:30', '08:59']))();
    put('incidents.md', table(['08:01']))();
    const { seconds } = await watched(folder.path, { interval: 20 * minute, timeout: 30 * minute });
    expect(seconds).toContain(60);
  });
});

const log = ['smoke', 'incidents']
  .map(
    (name) =>
      `  ${name}: { log: { path: ${name}.md, table: Entries, time: { column: Time, zone: UTC }, columns: { What: string } } }\n`,
  )
  .join('');

function table(times: readonly string[]): string {
  const rows = times.map((time) => `| 2026-02-24T${time}:00Z | x |\n`).join('');
  return `## Entries\n\n| Time | What |\n| --- | --- |\n${rows}`;
}
