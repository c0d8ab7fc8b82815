import type { CheckContext, PhaseTimeline } from '../checks/context.ts';
import { judgeLog, type JudgedLog } from '../checks/log.ts';
import { readPath } from '../checks/read.ts';
import type { Absent, Content, Evidence } from '../model/evidence.ts';
import { formatDuration, formatInstant, type Instant } from '../model/instant.ts';
import type { EvidenceSpec, Policy } from '../model/policy.ts';

export interface World {
  policy: Policy;
  evidence: ReadonlyMap<string, Evidence>;
  now: Instant;
  asOf: boolean;
  timeline: PhaseTimeline;
  /** Looks at logs, and at time, as of an earlier instant; all other evidence stays as it is. */
  logsAt?: Instant;
}

/** Makes the view of the world that judges have at one instant. Logs are judged once for each context. */
export function contextOf(world: World): CheckContext {
  const { policy, timeline } = world;
  const now = world.logsAt ?? world.now;
  const asOf = world.asOf || now < world.now;
  const judged = new Map<string, JudgedLog>();
  const evidence = (id: string) => evidenceAt(world, id);
  const log: CheckContext['log'] = (id) => {
    const item = evidence(id);
    if (item.status === 'absent' || item.content.type !== 'log') return undefined;
    let result = judged.get(id);
    if (!result) {
      result = judgeLog(id, item.content, { now, asOf, zone: policy.timezone });
      judged.set(id, result);
    }
    return { content: item.content, judged: result };
  };
  const base = { policy, now, instant: world.now, asOf, allowEmpty: false, evidence, log, timeline };
  return { ...base, read: (path) => readPath(path, base) };
}

/** What evidence of each kind holds; kinds without an entry cannot be observed by this version. */
const contentOf: { readonly [K in EvidenceSpec['kind']]?: Content['type'] } = {
  env: 'variables',
  dotenv: 'variables',
  command: 'command',
  log: 'log',
  document: 'document',
  file: 'value',
  junit: 'tests',
  ctrf: 'tests',
  sarif: 'tests',
  git: 'git',
  prometheus: 'samples',
  http: 'samples',
  'metrics-text': 'samples',
};

/** Evidence as it stands at the instant: too old, or collected after the instant looked at, is absent. */
function evidenceAt(world: World, id: string): Evidence {
  const item = world.evidence.get(id);
  if (!item) return nothing(id, world.now);
  if (item.status === 'absent') return item;
  const spec = Object.hasOwn(world.policy.evidence, id) ? world.policy.evidence[id] : undefined;
  if (spec && contentOf[spec.kind] !== item.content.type) {
    return absent(
      item,
      'evidence.ill-typed',
      `\`${id}\` is declared as \`${spec.kind}\` and is something else`,
    );
  }
  if (world.asOf && item.collectedAt > world.now) {
    return absent(
      item,
      'evidence.as-of',
      `\`${id}\` was collected at ${formatInstant(item.collectedAt)}, after the instant looked at`,
    );
  }
  const maxAge = spec?.maxAge;
  const age = world.now - item.collectedAt;
  if (maxAge !== undefined && age > maxAge) {
    const message = `\`${id}\` was collected at ${formatInstant(item.collectedAt)}, more than ${formatDuration(maxAge)} ago`;
    return absent(item, 'evidence.stale', message);
  }
  return item;
}

function absent(item: Evidence, code: Absent['code'], message: string): Absent {
  const { id, kind, collectedAt, source, findings } = item;
  return { id, kind, collectedAt, source, findings, status: 'absent', code, message };
}

function nothing(id: string, now: Instant): Absent {
  const base = { id, kind: 'file', collectedAt: now, source: {}, findings: [] } as const;
  return { ...base, status: 'absent', code: 'evidence.absent', message: `\`${id}\` was not collected` };
}
