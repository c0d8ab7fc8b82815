import type { Verdict } from '../model/verdict.ts';
import { bearingOf, type Entry, entriesOf, verdictBearing } from './bearing.ts';
import { decisionWords } from './decision.ts';
import { plainAll } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { jsonDocument } from './json.ts';
import { inline } from './markdownText.ts';
import { entryCites, requiredText } from './ruleFacts.ts';
import { artifactUri } from './sarifLog.ts';
import { byPolicy } from './sorted.ts';
import { uuidOf } from './uuid.ts';

const home = 'https://www.npmjs.com/package/soakgate';

/**
 * Assessment results of OSCAL 1.2.2 (https://pages.nist.gov/OSCAL/): a result for each policy, in it an observation and a
 * finding for each rule that took part, and a finding for the decision. The policies are named with their digests in
 * the back matter. Every UUID is made from what it names, so the same verdict gives the same bytes.
 */
export function oscal(verdicts: readonly Verdict[], _options: RenderOptions): string {
  const all = byPolicy(verdicts).map(plainAll);
  const names = all.map(nameOf);
  const resources = [...new Map(all.map((verdict) => [policyUuid(verdict), verdict])).entries()];
  return jsonDocument({
    'assessment-results': {
      uuid: uuidOf(names.join(' ')),
      metadata: {
        title: 'Verdicts of soakgate',
        'last-modified':
          all
            .map(({ evaluatedAt }) => evaluatedAt)
            .sort()
            .at(-1) ?? '1970-01-01T00:00:00Z',
        version: word(all[0]?.tool.version ?? '') ?? '0',
        'oscal-version': '1.2.2',
      },
      'import-ap': { href: `#${resources[0]?.[0] ?? uuidOf(home)}` },
      results: all.map(resultOf),
      'back-matter': {
        resources: resources.map(([uuid, { policy }]) => ({
          uuid,
          title: markup(`${policy.title} ${policy.version}`),
          rlinks: [
            {
              href: artifactUri(policy.path),
              hashes: [{ algorithm: 'SHA-256', value: policy.digest.replace(/^sha256:/, '') }],
            },
          ],
        })),
      },
    },
  });
}

/** What a verdict is: of this policy, on this subject, at this instant. */
function nameOf({ policy, subject, evaluatedAt }: Verdict): string {
  const parts = [policy.name, policy.digest, subject.commit ?? '', evaluatedAt];
  return `${home}#verdict/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}

function policyUuid({ policy }: Verdict): string {
  return uuidOf(`${home}#policy/${encodeURIComponent(policy.name)}/${policy.digest}`);
}

function resultOf(verdict: Verdict): object {
  const { policy, evaluatedAt, message, validUntil, phase, subject } = verdict;
  const entries = entriesOf(verdict);
  const controls = [...new Set(entries.flatMap(({ rule }) => (rule.controls ?? []).flatMap(tokenOf)))];
  const judged = entries.filter(({ rule }) => rule.outcome !== 'not-applicable');
  return {
    uuid: uuidOf(`${nameOf(verdict)}/result`),
    title: markup(policy.title),
    description: markup(message),
    start: evaluatedAt,
    end: evaluatedAt,
    props: props([
      ['decision', decisionWords(verdict)],
      ['valid-until', validUntil],
      ['policy', policy.name],
      ['policy-version', policy.version],
      ['phase', phase?.current],
      ['commit', subject.commit],
    ]),
    'reviewed-controls': {
      'control-selections': [
        controls.length === 0
          ? { 'include-all': {} }
          : { 'include-controls': controls.map((id) => ({ 'control-id': id })) },
      ],
    },
    ...(judged.length === 0 ? {} : { observations: judged.map(observationOf) }),
    findings: [decisionFinding(verdict), ...judged.map(findingOf)],
  };
}

function ruleUuid({ verdict, gate, rule }: Entry, kind: string): string {
  return uuidOf(`${nameOf(verdict)}/${kind}/${encodeURIComponent(gate.id)}/${encodeURIComponent(rule.id)}`);
}

function observationOf(entry: Entry): object {
  const { verdict, gate, rule } = entry;
  const places = entryCites(rule).flatMap(({ path, line }) =>
    path === undefined || path === '' ? [] : [{ uri: artifactUri(path), line }],
  );
  const evidence = places.map(({ uri, line }) => ({
    href: line === undefined ? uri : `${uri}#L${line}`,
    description: 'where it was read',
  }));
  return {
    uuid: ruleUuid(entry, 'observation'),
    title: markup(rule.title),
    description: markup(rule.message),
    props: props([
      ['gate', gate.id],
      ['role', gate.role],
      ['rule', rule.id],
      ['severity', rule.severity],
      ['outcome', rule.outcome],
      ['code', rule.code],
      ['earliest', rule.earliest],
      ['waiver', rule.waiver?.id],
      ['waiver-expires', rule.waiver?.expires],
    ]),
    methods: ['TEST'],
    collected: verdict.evaluatedAt,
    ...(evidence.length === 0 ? {} : { 'relevant-evidence': evidence }),
  };
}

/** INVARIANT: only what the evidence proves is satisfied; a waiver satisfies nothing, it accepts. */
function findingOf(entry: Entry): object {
  const { rule } = entry;
  const bearing = bearingOf(entry);
  const reason = bearing === 'passes' ? 'pass' : rule.outcome === 'fail' ? 'fail' : 'other';
  return {
    uuid: ruleUuid(entry, 'finding'),
    title: markup(rule.title),
    description: markup(requiredText(rule)),
    target: {
      type: 'objective-id',
      'target-id': tokenOf(rule.id)[0] ?? 'rule',
      status: { state: bearing === 'passes' ? 'satisfied' : 'not-satisfied', reason },
    },
    'related-observations': [{ 'observation-uuid': ruleUuid(entry, 'observation') }],
  };
}

function decisionFinding(verdict: Verdict): object {
  const bearing = verdictBearing(verdict);
  const reason = { passes: 'pass', fails: 'fail', holds: 'other' }[bearing];
  return {
    uuid: uuidOf(`${nameOf(verdict)}/finding`),
    title: 'decision',
    description: markup(`${decisionWords(verdict)}: ${verdict.message}`),
    target: {
      type: 'objective-id',
      'target-id': 'decision',
      status: { state: bearing === 'passes' ? 'satisfied' : 'not-satisfied', reason },
    },
  };
}

/** Lines of OSCAL are Markdown, so text from outside is escaped as such; an empty one is not allowed. */
function markup(text: string): string {
  return inline(text).trim() || '(none)';
}

/** A value without blanks at its ends; undefined if nothing is left. */
function word(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
}

function props(pairs: readonly (readonly [name: string, value: string | undefined])[]): readonly object[] {
  return pairs.flatMap(([name, text]) => {
    const value = word(text ?? '');
    return value === undefined ? [] : [{ name, ns: home, value }];
  });
}

/** An identifier as the schema wants it: a letter first, then letters, digits, dots and hyphens. */
function tokenOf(text: string): readonly string[] {
  const clean = text.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '');
  if (clean === '') return [];
  return [/^[\p{L}_]/u.test(clean) ? clean : `_${clean}`];
}
