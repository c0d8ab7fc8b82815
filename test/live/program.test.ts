import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minute } from '../../src/model/instant.ts';
import { makeFolder, soakgate } from '../support/program.ts';
import { historyUntil } from './history.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';

const policy = `apiVersion: soakgate/v1
kind: Policy
metadata: { name: live, title: Live, version: '1.0.0', owner: tests }
timezone: UTC
inputs:
  job: { type: string, default: web }
evidence:
  failures:
    prometheus:
      url: { env: PROMETHEUS_URL }
      headers: { X-Scope-OrgID: { env: TENANT } }
      step: 1m
      query: 'sum(rate(failures_total[5m])) * 60 or 0 * sum(up{job="web"} == 1)'
preflight:
  - { id: few, title: Few failures, metric: { of: failures, within: 30m, stat: max, atMost: 3 } }
  - { id: steady, title: No spike, metric: { of: failures, within: 15m, stat: avg, atMost: { times: 2, baseline: 1h, floor: 1 } } }
`;

const end = Math.floor(Date.now() / minute) * minute;
const base = [{ type: 'gauge', name: 'up', labels: '{job="web"}', course: () => 1 }] as const;
const bad = {
  type: 'counter',
  name: 'failures',
  course: (ago: number) => (ago > 10 ? 0 : (10 - ago) * 5),
} as const;

let folder: ReturnType<typeof makeFolder>;
const servers: Prometheus[] = [];
const tenant = 'tenant-4711-secret';

beforeAll(async () => {
  folder = makeFolder({ 'policies/live.yaml': policy });
  servers.push(await startPrometheus({ history: historyUntil(end, base) }));
  servers.push(await startPrometheus({ history: historyUntil(end, [...base, bad]) }));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.remove()));
  folder.remove();
});

const check = (which: number, words: readonly string[] = ['check']) => {
  const env = { PROMETHEUS_URL: `${servers[which]?.url ?? ''}/`, TENANT: tenant };
  return soakgate(words, { cwd: folder.path, env });
};

describe('the program against a real server', () => {
  it('goes where all is well', async () => {
    const { code, stdout } = await check(0);
    expect(stdout).toContain('pass    few');
    expect(stdout).toContain('pass    steady');
    expect(code).toBe(0);
  });

  it('does not go where a signal says so, and says why', async () => {
    const { code, stdout } = await check(1);
    expect(code).toBe(1);
    expect(stdout).toContain('fail    few');
    expect(stdout).toContain('fail    steady');
  });

  it('holds while the server is down', async () => {
    await servers[1]?.kill();
    const { code, stdout } = await check(1);
    expect(code).toBe(3);
    expect(stdout).toContain('`$PROMETHEUS_URL` cannot be reached (ECONNREFUSED)');
    expect(stdout).not.toContain(tenant);
  });

  it('judges kept samples without a server', async () => {
    expect((await check(0, ['collect', '--output', 'samples.json'])).code).toBe(0);
    const { code, stdout } = await soakgate(['check', '--evidence', 'samples.json'], { cwd: folder.path });
    expect(stdout).toContain('pass    few');
    expect(code).toBe(0);
  });
});
