import type { CheckContext, Judgement, PhaseTimeline } from '../../src/checks/context.ts';
import { judgeLog } from '../../src/checks/log.ts';
import type { Evidence, TransitionRow } from '../../src/model/evidence.ts';
import { type Instant, parseInstant } from '../../src/model/instant.ts';
import type { Json } from '../../src/model/json.ts';
import type { LogContent } from '../../src/model/log.ts';
import type { LogSpec, Phase, Policy } from '../../src/model/policy.ts';
import { logOf, type PlainRow } from './log.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const place = { path: 'policy.yaml', line: 1, column: 1 };

/** Two phases that pin one flag differently. */
export const phases: readonly Phase[] = [
  { id: 'shadow', title: 'Shadow', at: place, pins: { 'flags.MODE': 'shadow' } },
  { id: 'enforced', title: 'Enforced', at: place, pins: { 'flags.MODE': 'enforced' } },
];

/** Views that the logs of these tests have. */
export const views: Readonly<Record<string, Json>> = {
  strict: { in: [{ var: 'Checks' }, ['pass', 'fail']] },
};

export const isPass: Json = { '==': [{ var: 'Checks' }, 'pass'] };
export const isFail: Json = { '==': [{ var: 'Checks' }, 'fail'] };

export interface Scene {
  now: Instant | string;
  zone?: string;
  asOf?: boolean;
  /** Logs by id; the rows of one, or the whole content. */
  logs: Readonly<Record<string, readonly PlainRow[] | LogContent>>;
  transitions?: readonly Pick<TransitionRow, 'time' | 'kind' | 'from' | 'to'>[];
}

/** A context in which the checks over time can be judged, without the rooms that usually make it. */
export function contextOf(scene: Scene): CheckContext {
  const now = typeof scene.now === 'number' ? scene.now : (parseInstant(scene.now) as number);
  const zone = scene.zone ?? 'UTC';
  const asOf = scene.asOf ?? false;
  const contents = new Map(
    Object.entries(scene.logs).map(([id, log]) => [id, 'type' in log ? log : logOf(log)] as const),
  );
  const judged = new Map(
    [...contents].map(([id, content]) => [
      id,
      { content, judged: judgeLog(id, content, { now, asOf, zone }) },
    ]),
  );
  return {
    policy: policyOf(zone, [...contents.keys()]),
    now,
    instant: now,
    asOf,
    allowEmpty: false,
    evidence: (id) => evidenceOf(id, contents.get(id), now),
    log: (id) => judged.get(id),
    read: (path) => ({ known: false, code: 'evidence.undeclared', path }),
    timeline: timelineOf(scene.transitions ?? []),
  };
}

function policyOf(timezone: string, ids: readonly string[]): Policy {
  const spec: LogSpec & { at: typeof place } = {
    at: place,
    kind: 'log',
    path: 'docs/audits/log.md',
    table: 'Entries',
    time: { column: 'Time', zone: 'UTC', kind: 'instant' },
    columns: { MODE: { type: 'string' }, Checks: { type: 'string' } },
    views,
    order: 'oldest-first',
    dated: 'required',
    tolerance: 26 * 3_600_000,
  };
  return {
    path: 'policy.yaml',
    digest,
    name: 'test',
    title: 'Test',
    version: '1.0.0',
    owner: 'test',
    appliesTo: [],
    timezone,
    inputs: [],
    evidence: Object.fromEntries(ids.map((id) => [id, spec])),
    phases,
    records: {},
    reports: {},
  };
}

function evidenceOf(id: string, content: LogContent | undefined, now: Instant): Evidence {
  const base = { id, kind: 'log', collectedAt: now, source: {}, findings: [] } as const;
  return content
    ? { ...base, status: 'observed', origin: 'live', content, digest }
    : { ...base, status: 'absent', code: 'file.missing', message: `\`${id}\` is not there` };
}

function timelineOf(steps: NonNullable<Scene['transitions']>): PhaseTimeline {
  const rows = steps.map((step, index) => ({
    ...step,
    path: 'docs/audits/transitions.md',
    line: index + 5,
    decision: 'go',
    verdict: '',
    reason: '',
  }));
  const inForceAt = (time: Instant) => rows.findLast((row) => row.time <= time)?.to ?? 'shadow';
  const enteredAt = (phase: string) => rows.findLast((row) => row.to === phase)?.time;
  return {
    phases,
    current: rows.at(-1)?.to ?? 'shadow',
    enteredAt,
    wasEntered: (phase) => phase === 'shadow' || enteredAt(phase) !== undefined,
    inForceAt,
    baselines: () => undefined,
    rows,
  };
}

/** The part of a judgement that the laws fix, with instants as text. */
export function gist({ outcome, code, observed, earliest }: Judgement): string {
  const when = earliest === undefined ? '' : ` ${new Date(earliest).toISOString().replace('.000Z', 'Z')}`;
  return `${outcome} ${code} ${JSON.stringify(observed)}${when}`;
}
