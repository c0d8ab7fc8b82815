import type { Format } from '../../src/report/index.ts';
import { annotationsIn } from './annotations.ts';
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
  github: (text) => ofTitle(/: (.*)$/.exec(annotationsIn(text)[0]?.properties['title'] ?? '')?.[1]),
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
};

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
