import type { CheckContext } from '../checks/context.ts';
import type { Evidence, Finding } from '../model/evidence.ts';
import { ceilSecond, day, formatInstant, formatSecond, type Instant, second } from '../model/instant.ts';
import { compareText } from '../model/problem.ts';
import type { EvidenceReport, FindingReport, GateReport, Verdict } from '../model/verdict.ts';
import type { Judged, JudgedGate } from './judged.ts';
import { messageOf } from './message.ts';
import { phaseReport } from './phaseReport.ts';
import { expiredWaivers, reportWaivers } from './waivers.ts';

/** Writes down what was judged: every list in a stated order, absent keys instead of nulls. */
export function writeVerdict(judged: Judged): Verdict {
  const { input, now, decision } = judged;
  const { policy } = input;
  const used = new Set(
    judged.gates.flatMap(({ rules }) => rules.flatMap(({ report }) => report.waiver?.id ?? [])),
  );
  const earliest = verdictEarliest(judged.gates);
  const phase = judged.timeline.phases.length > 0 ? phaseReport(judged) : undefined;
  return {
    apiVersion: 'soakgate/v1',
    kind: 'Verdict',
    tool: { name: 'soakgate', version: input.version },
    policy: {
      name: policy.name,
      title: policy.title,
      version: policy.version,
      owner: policy.owner,
      timezone: policy.timezone,
      get digest() {
        return policy.digest;
      },
      path: policy.path,
    },
    subject: { ...(input.subject ?? {}), artifacts: [] },
    evaluatedAt: formatInstant(now),
    evidenceMode: input.asOf ? 'as-of' : input.evidence.some(imported) ? 'imported' : 'live',
    dated: 'no',
    decision,
    message: messageOf(judged),
    ...(earliest === undefined || decision === 'go' ? {} : { earliest: formatInstant(earliest) }),
    validUntil: formatSecond(validUntil(judged)),
    ...(input.tzdata === undefined || policy.timezone === 'UTC' ? {} : { tzdata: input.tzdata }),
    ...(phase ? { phase } : {}),
    inputs: policy.inputs.map(({ name, value, origin }) => ({ name, value, origin })),
    gates: judged.gates.map((gate) => gateReport(gate, judged)),
    evidence: [...input.evidence].sort((a, b) => compareText(a.id, b.id)).map(evidenceReport),
    waivers: reportWaivers(judged.waivers, used, now),
    findings: reportFindings([
      ...input.evidence.flatMap((item) => item.findings),
      ...logFindings(input.evidence, judged.context),
      ...judged.findings,
      ...expiredWaivers(judged.waivers, now),
    ]),
  };
}

function imported(item: Evidence): boolean {
  return item.status === 'observed' && item.origin === 'imported';
}

/** Greatest over the open deciding `error` rules; undefined if one of them has none (semantics section 7). */
function verdictEarliest(gates: readonly JudgedGate[]): Instant | undefined {
  const open = gates.filter(({ gate }) => gate.role === 'decides').flatMap(openRules);
  const times = open.map((rule) => rule.earliest);
  return times.length > 0 && times.every((time) => time !== undefined) ? Math.max(...times) : undefined;
}

/** The `error` rules of a gate that keep it from go. */
export function openRules({ rules }: JudgedGate): JudgedGate['rules'] {
  return rules.filter(({ report: { severity, outcome } }) => {
    return severity === 'error' && (outcome === 'fail' || outcome === 'pending' || outcome === 'unknown');
  });
}

/** At most 24 hours; sooner if a waiver, an age bound or the staleness of a passing deciding rule ends sooner. */
function validUntil({ gates, now }: Judged): Instant {
  const deciding = gates.filter(({ gate }) => gate.role === 'decides').flatMap(({ rules }) => rules);
  const ends = deciding.flatMap(({ report, validUntil: end }) =>
    report.severity === 'error' && end !== undefined ? [end] : [],
  );
  return Math.max(now, Math.floor(Math.min(now + day, ...ends) / second) * second);
}

function gateReport(judged: JudgedGate, all: Judged): GateReport {
  const { gate, decision, rules } = judged;
  const after = gate.role === 'outlook' ? phasesBefore(judged, all) : [];
  const open = openRules(judged);
  const times = open.map((rule) => rule.earliest).filter((time) => time !== undefined);
  const tellsWhen = after.length === 0 && times.length > 0;
  return {
    id: gate.id,
    role: gate.role,
    decision,
    ...(tellsWhen ? { earliest: formatInstant(Math.max(...times)) } : {}),
    alsoNeeds: open.filter((rule) => rule.earliest === undefined).map((rule) => rule.report.id),
    ...(after.length > 0 ? { after } : {}),
    rules: rules.map((rule) => rule.report),
  };
}

/** Phases that lie between the one in force and the turn of this gate. */
function phasesBefore({ gate }: JudgedGate, { timeline, pins }: Judged): readonly string[] {
  if (gate.phase === undefined) return [];
  const ids = timeline.phases.map((phase) => phase.id);
  const current = ids.indexOf(pins.phase?.id ?? timeline.current ?? '');
  const target = ids.indexOf(gate.phase);
  // An entry's turn comes in the phase before its own.
  return ids.slice(current + 1, gate.id.startsWith('entry:') ? target : target + 1);
}

function evidenceReport(item: Evidence): EvidenceReport {
  const { id, kind, status, source } = item;
  const place = {
    ...(source.path === undefined ? {} : { path: source.path }),
    ...(source.command === undefined ? {} : { command: source.command }),
  };
  if (item.status === 'absent') return { id, kind, status, code: item.code, message: item.message, ...place };
  const { origin, collectedAt } = item;
  return {
    id,
    kind,
    status,
    origin,
    collectedAt: formatInstant(ceilSecond(collectedAt)),
    get digest() {
      return item.digest;
    },
    ...place,
  };
}

/** What judging the logs at this instant found. */
function logFindings(evidence: readonly Evidence[], context: CheckContext): readonly Finding[] {
  return evidence.flatMap((item) => context.log(item.id)?.judged.findings ?? []);
}

function reportFindings(findings: readonly Finding[]): readonly FindingReport[] {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...unique.values()]
    .sort(
      (a, b) =>
        compareText(a.path ?? '', b.path ?? '') ||
        (a.line ?? 0) - (b.line ?? 0) ||
        compareText(a.code, b.code) ||
        compareText(a.message, b.message),
    )
    .map(({ code, message, evidence, path, line }) => ({
      code,
      message,
      evidence,
      ...(path === undefined ? {} : { path }),
      ...(line === undefined ? {} : { line }),
    }));
}
