import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { check } from '../../src/gate/check.ts';
import { day, formatInstant, hour, parseInstant } from '../../src/model/instant.ts';
import type { RuleReport, Verdict } from '../../src/model/verdict.ts';
import { gateReport, verdictWith } from './verdicts.ts';

/** A workspace of the shipped policy, far along the rollout, in a folder of its own. */
export interface Rollout {
  root: string;
  now: number;
  /** One edit: the whole file in another form. */
  edit(path: string, change: (text: string) => string): void;
  write(path: string, text: string): void;
  /** The number of the line that holds a text. */
  lineOf(path: string, text: string): number;
  check(gates?: readonly string[]): Promise<Verdict>;
  remove(): void;
}

export const audits = 'docs/audits/production-hardening';
export const policyPath = 'policies/production-hardening.yaml';
const time = (text: string) => parseInstant(text) as number;

type Modes = readonly [auth: string, transport: string, vault: string];
const modes = {
  shadow: ['shadow', 'hybrid', 'shadow'],
  'auth-enforced': ['enforced', 'hybrid', 'shadow'],
  'ws-enforced': ['enforced', 'ws', 'shadow'],
  'vault-enforced': ['enforced', 'ws', 'enforced'],
} as const satisfies Record<string, Modes>;

/** Half an hour after the record of each day a phase was entered; the log of March has six records only. */
const began = time('2026-02-20T08:00:00Z');
const entered: readonly (readonly [keyof typeof modes, number])[] = [
  ['auth-enforced', time('2026-02-22T08:30:00Z')],
  ['ws-enforced', time('2026-02-24T08:30:00Z')],
  ['vault-enforced', time('2026-02-26T08:30:00Z')],
];

export const lateNow = time('2026-03-06T09:00:00Z');

/** In `vault-enforced`, after daily strict records since 20 February, with everything that files alone can show. */
export function lateRollout(): Rollout {
  const rollout = layOut(lateNow, 'vault-enforced');
  for (const month of ['02', '03']) {
    const days = daysUntil(lateNow).filter((at) => formatInstant(at).slice(5, 7) === month);
    rollout.write(
      `${audits}-smoke-window-2026-${month}.md`,
      smokeLog(days.map((at) => smokeRow(at, phaseAt(at)))),
    );
  }
  writeTransitions(rollout);
  return rollout;
}

/** In `shadow`, five hours after its first strict record. */
export function earlyRollout(): Rollout {
  const now = began + 5 * hour;
  const rollout = layOut(now, 'shadow');
  rollout.write(`${audits}-smoke-window-2026-02.md`, smokeLog([smokeRow(began, 'shadow')]));
  return rollout;
}

function daysUntil(now: number): readonly number[] {
  return Array.from({ length: Math.floor((now - began) / day) + 1 }, (_, index) => began + index * day);
}

function phaseAt(at: number): keyof typeof modes {
  return entered.findLast(([, since]) => since <= at)?.[0] ?? 'shadow';
}

export function smokeRow(at: number, phase: keyof typeof modes, checks = 'pass'): string {
  const details = `mono-check ${checks}, backend-tests ${checks}, agent-tests ${checks}`;
  return `| ${[formatInstant(at), ...modes[phase], checks, details].join(' | ')} |`;
}

export function smokeLog(rows: readonly string[]): string {
  const header = '| Timestamp (UTC) | AUTH_MODE | AGENT_TRANSPORT | SECRETS_VAULT_MODE | Checks | Details |';
  return `# Smoke window\n\n## Entries\n\n${header}\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function layOut(now: number, phase: keyof typeof modes): Rollout {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-rollout-')));
  cpSync('examples/production-hardening', root, {
    recursive: true,
    filter: (path) => !/[/\\](node_modules|reports)([/\\]|$)/.test(path),
  });
  const at = (path: string) => join(root, path);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  };
  const edit = (path: string, change: (text: string) => string) => {
    const text = readFileSync(at(path), 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`the edit changes nothing in ${path}`);
    writeFileSync(at(path), changed);
  };
  mkdirSync(at('policies'));
  cpSync(policyPath, at(policyPath));
  const [auth, transport, vault] = modes[phase];
  const flags = `AUTH_MODE=${auth}\nAGENT_TRANSPORT=${transport}\nSECRETS_VAULT_MODE=${vault}\n`;
  const service = 'SUPABASE_URL=https://vault.example.com\nSUPABASE_SERVICE_ROLE_KEY=srk-4f9d-77aa-own\n';
  write('deploy/production.env', `${flags}${service}SUPABASE_VAULT_RPC_NAME=read_secret\n`);
  write('.env.example', 'SUPABASE_SERVICE_ROLE_KEY=srk-0000-demo\n');
  if (phase !== 'shadow') {
    edit('apps/backend/src/config.js', (text) => text.replaceAll("'shadow'", "'enforced'"));
    edit('apps/agent/src/config.js', (text) => text.replace("'hybrid'", "'ws'"));
  }
  write(
    `${audits}-incidents-2026.md`,
    '# Incidents\n\n## Incidents\n\n| Timestamp (UTC) | Kind | Summary |\n| --- | --- | --- |\n',
  );
  write(
    `${audits}-cutover.md`,
    '# Cutover\n\nApproved by: Ada Lovelace\nCutover date: 2026-03-05\n\n## Final cutover\n\nThe vault is enforced everywhere.\n',
  );
  return {
    root,
    now,
    edit,
    write,
    lineOf: (path, text) =>
      readFileSync(at(path), 'utf8')
        .split('\n')
        .findIndex((line) => line.includes(text)) + 1,
    check: (gates = ['all']) => checkAt({ root, now, gates }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Each advance with its verdict beside the log, named by its digest. */
function writeTransitions(rollout: Rollout): void {
  const ids = ['shadow', ...entered.map(([id]) => id)];
  const rows = entered.map(([to, at], index) => {
    const needed = ['preflight', 'monitors', `monitors:${ids[index] ?? ''}`, `entry:${to}`];
    const verdict = JSON.stringify(
      verdictWith({
        policy: { ...verdictWith().policy, name: 'production-hardening' },
        evaluatedAt: formatInstant(at),
        gates: needed.map((id) => gateReport({ id })),
      }),
    );
    const hash = createHash('sha256').update(verdict).digest('hex');
    rollout.write(`docs/audits/sha256-${hash}.verdict.json`, verdict);
    return `| ${formatInstant(at)} | advance | ${ids[index]} | ${to} | go | sha256:${hash} |  |`;
  });
  const header = '| Timestamp (UTC) | Kind | From | To | Decision | Verdict | Reason |';
  const table = `${header}\n| --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  rollout.write(`${audits}-transitions-2026.md`, `# Transitions\n\n## Transitions\n\n${table}`);
}

/** The use case with a clock that stands still; nothing of this machine's environment takes part. */
export async function checkAt({
  root,
  now,
  gates,
  run = false,
  evidenceFiles = [],
}: {
  root: string;
  now: number;
  gates?: readonly string[];
  run?: boolean;
  evidenceFiles?: readonly string[];
}): Promise<Verdict> {
  const { PATH = '' } = process.env;
  const checked = await check({
    policyPaths: [resolve(root, policyPath)],
    cwd: root,
    root,
    run,
    envFiles: ['deploy/production.env'],
    inputs: {},
    evidenceFiles,
    outputFiles: [],
    env: { PATH },
    clock: () => now,
    ...(gates ? { gates } : {}),
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.value[0]?.verdict as Verdict;
}

/** Rules by gate and id. */
export function rulesOf(verdict: Verdict): ReadonlyMap<string, RuleReport> {
  return new Map(verdict.gates.flatMap((gate) => gate.rules.map((rule) => [`${gate.id} ${rule.id}`, rule])));
}
