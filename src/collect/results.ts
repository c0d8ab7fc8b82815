import { type ResultsReading, shorten } from '../parse/results/reading.ts';
import { parseJson } from '../parse/json.ts';
import { decodeText } from '../files/text.ts';
import type { Workspace } from '../files/workspace.ts';
import type { TestsReading } from './command/results.ts';
import { type Collector, unreadable, unseen } from './collector.ts';
import type { Redactor } from './redact.ts';

export type ResultsFormat = 'junit' | 'ctrf' | 'sarif';

/** The results that a command wrote, or why there are none. */
export async function readTests(
  workspace: Workspace,
  path: string,
  format: ResultsFormat,
): Promise<TestsReading> {
  const file = workspace.read(path);
  if (!file.ok)
    return { missing: file.code === 'file.missing' ? 'tests.missing' : file.code, message: file.message };
  const reading = await parseResults(file.bytes, format);
  if (!reading.ok) return { missing: reading.code, message: `\`${file.path}\`: ${reading.message}` };
  return { ...reading.results, path: file.path };
}

/** Test results from bytes, by their format; each reader is loaded only when it is needed. */
export async function parseResults(bytes: Uint8Array, format: ResultsFormat): Promise<ResultsReading> {
  const text = decodeText(bytes);
  if (text === undefined) return { ok: false, code: 'file.unparsable', message: 'the file is not UTF-8' };
  if (format === 'junit') return (await import('../parse/results/junit.ts')).parseJunit(text);
  const json = parseJson(text);
  if (!json.ok) return { ok: false, code: 'file.unparsable', message: `line ${json.line}: ${json.message}` };
  if (format === 'ctrf') return (await import('../parse/results/ctrf.ts')).parseCtrf(json.value);
  return (await import('../parse/results/sarif.ts')).parseSarif(json.value);
}

const longestName = 200;

/** Names of failures, redacted first and shortened then: half a secret would not be found. */
export function shownFailures(
  failures: readonly string[],
  redactor: Pick<Redactor, 'text'>,
): readonly string[] {
  return failures.map((name) => shorten(redactor.text(name), longestName));
}

/** `junit`, `ctrf` and `sarif` evidence: a result file that something else wrote. */
export const collectResults: Collector<ResultsFormat> = async (spec, context) => {
  const file = context.workspace.read(spec.path);
  if (!file.ok) return unreadable(file, spec.path);
  const source = { path: file.path };
  const reading = await parseResults(file.bytes, spec.kind);
  if (!reading.ok) return unseen(reading.code, `\`${file.path}\`: ${reading.message}`, source);
  const failures = shownFailures(reading.results.failures, context.redactor);
  return {
    ok: true,
    content: { type: 'tests', tests: { ...reading.results, failures, path: file.path } },
    source,
    findings: [],
    ...(reading.commit === undefined ? {} : { commit: reading.commit }),
    ...(reading.endedAt === undefined ? {} : { madeAt: reading.endedAt }),
  };
};
