import type { Format } from '../../src/report/index.ts';
import { annotationsIn } from './annotations.ts';
import { csvRows } from './csv.ts';
import { attributeOf, elementsIn, textIn } from './htmlReport.ts';
import { tapPoints } from './tap.ts';
import { elementsOf } from './xml.ts';

/**
 * What a consumer of each format takes a report of one verdict for: the exit code that goes with it. Throws where the
 * report does not say.
 */
export const exitCodeIn: Readonly<Record<Format, (text: string) => number>> = {
  pretty: (text) => Number(/exit code (\d)\n$/.exec(text)?.[1]),
  json: (text) =>
    ofWords((JSON.parse(text) as { decision: string; evidenceMode: string }).decision, /"as-of"/.test(text)),
  markdown: (text) => ofTitle(/^Decision: (.*?) *$/m.exec(text)?.[1]),
  comment: (text) => ofTitle(/^## ([^:]*):/m.exec(text)?.[1]?.toLowerCase()),
  html: (text) => {
    const classes = (name: string) => elementsIn(text).filter((one) => attributeOf(one, 'class') === name);
    const code = ofTitle(textIn(classes('word')[0]!));
    const accent = ['go', 'no-go', undefined, 'hold'][code];
    if (classes(`summary ${accent}`).length !== 1) throw new Error(`the colour does not say ${code}`);
    if (Number(/Exit code (\d)\./.exec(text)?.[1]) !== code) throw new Error(`the foot does not say ${code}`);
    return code;
  },
  github: (text) => {
    // `POLICY: DECISION`; the title of a rule has the gate in front. A warning of a gate that is go stands before it.
    const titles = annotationsIn(text).map(({ properties }) => properties['title'] ?? '');
    return ofTitle(titles.flatMap((title) => /^\S+: (.*)$/.exec(title)?.[1] ?? [])[0]);
  },
  junit: (text) => {
    const suites = elementsOf(text, 'testsuite');
    const sum = (name: string) => suites.reduce((all, { attributes }) => all + Number(attributes[name]), 0);
    return sum('failures') > 0 ? 1 : sum('errors') > 0 ? 3 : 0;
  },
  sarif: (text) => {
    const { runs } = JSON.parse(text) as SarifLog;
    const shut = runs
      .flatMap(({ results }) => results)
      .filter(({ suppressions, level, properties }) => {
        const waiting = properties?.outcome === 'pending' && properties.severity === 'error';
        return suppressions === undefined && (level === 'error' || waiting);
      });
    const code = ofTitle(runs[0]?.properties.decision);
    if (code === 0 ? shut.length > 0 : shut.length === 0) throw new Error(`results do not say ${code}`);
    return code;
  },
  tap: tapCode,
  tap13: tapCode,
  ctrf: (text) => {
    const { results } = JSON.parse(text) as {
      results: { tests: readonly { status: string; rawStatus: string }[] };
    };
    const failed = results.tests.filter(({ status }) => status === 'failed');
    return failed.some(({ rawStatus }) => rawStatus === 'fail') ? 1 : failed.length > 0 ? 3 : 0;
  },
  openreports: (text) => {
    const { summary } = JSON.parse(text) as { summary: { fail: number; error: number } };
    return summary.fail > 0 ? 1 : summary.error > 0 ? 3 : 0;
  },
  oscal: (text) => {
    const log = JSON.parse(text) as Record<'assessment-results', { results: readonly OscalResult[] }>;
    const decision = log['assessment-results'].results[0]?.findings.find(({ title }) => title === 'decision');
    const { state, reason } = decision?.target.status ?? {};
    return state === 'satisfied' ? 0 : reason === 'fail' ? 1 : 3;
  },
  gitlab: (text) => {
    const remarks = JSON.parse(text) as readonly { check_name: string; description: string }[];
    const told = remarks.find(({ check_name }) => check_name === 'soakgate/decision');
    return told === undefined ? 0 : ofTitle(told.description.replace(/^([a-z-]+):/, '$1'));
  },
  csv: (text) => {
    const [header = [], row = []] = csvRows(text);
    return ofTitle(row[header.indexOf('decision')]);
  },
};

function tapCode(text: string): number {
  const failed = tapPoints(text).filter(({ ok }) => !ok);
  return failed.some(({ diagnostics }) => diagnostics?.['severity'] === 'fail')
    ? 1
    : failed.length > 0
      ? 3
      : 0;
}

interface OscalResult {
  findings: readonly { title: string; target: { status: { state: string; reason: string } } }[];
}

interface SarifLog {
  runs: readonly {
    properties: { decision: string };
    results: readonly {
      level: string;
      suppressions?: unknown;
      properties?: { outcome: string; severity: string };
    }[];
  }[];
}

/** `go`, `no-go (2 waived)`, `go (as of …)`. */
function ofTitle(title = ''): number {
  const [word = ''] = title.split(' ');
  return ofWords(word, /\(as of /.test(title));
}

function ofWords(decision: string, asOf: boolean): number {
  const code = { go: asOf ? 3 : 0, hold: 3, 'no-go': 1 }[decision];
  if (code === undefined) throw new Error(`no decision: ${decision}`);
  return code;
}
