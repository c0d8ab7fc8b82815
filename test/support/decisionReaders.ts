import type { Format } from '../../src/report/index.ts';
import { annotationsIn } from './annotations.ts';

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
};

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
