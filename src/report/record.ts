import type { RecordCheck, RecordReport } from '../model/record.ts';
import { withoutCommands } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { createInk, type Ink } from './ink.ts';
import { jsonText } from './json.ts';
import { forPeople } from './localTimes.ts';
import { outcomeWord } from './pretty-rule.ts';
import { shellWord } from './shellWord.ts';
import { clockTime, glue, relative } from './when.ts';
import { columns, pad, wrap } from './wrap.ts';

/** What `record` did, as one JSON value. It has no `decision`, so that no reader can take it for a verdict. */
export function recordJson(report: RecordReport): string {
  return jsonText({ apiVersion: 'soakgate/v1', kind: 'Record', ...report });
}

interface Sheet {
  report: RecordReport;
  ink: Ink;
  width: number;
}

/** What `record` did, for a person: the row, where it stands, what the rules over the log say now, how to keep it. */
export function recordText(report: RecordReport, options: RenderOptions): string {
  // One column stays free: terminals break a full line.
  const sheet = {
    report: forPeople(report, report.policy.timezone),
    ink: createInk(options),
    width: Math.max(40, options.width) - 1,
  };
  const parts = [headLines(sheet), checkLines(sheet), oddLines(sheet), ruleLines(sheet), keepLines(sheet)];
  const lines = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
  return withoutCommands(`${lines.join('\n').replaceAll(glue, ' ')}\n`);
}

function headLines({ report, ink, width }: Sheet): readonly string[] {
  const { path, line, cells, policy, at } = report;
  const place = line === undefined ? path : `${path}:${line}`;
  const shown = cells.flatMap(({ column, text }) => fact(width, column, text === '' ? '(empty)' : text));
  const time = cells.length === 0 ? fact(width, 'time', clockTime(at, policy.timezone)) : [];
  return [ink.strong(headline(report)), ...wrap(place, width - 2).map(indent), '', ...time, ...shown];
}

function headline({ how, dryRun, record, result }: RecordReport): string {
  const what = result === undefined ? record : `${record}: ${result}`;
  switch (how) {
    case 'present':
      return `ALREADY THERE  ${what}; this run of the CI has written its row`;
    case 'made':
      return dryRun ? `WOULD MAKE  the empty log of ${record}` : `MADE  the empty log of ${record}`;
    case 'there':
      return `ALREADY THERE  the log of ${record}`;
    case 'created':
    case 'appended':
      return dryRun ? `WOULD RECORD  ${what}; nothing is written` : `RECORDED  ${what}`;
  }
}

function fact(width: number, label: string, text: string): readonly string[] {
  const hang = 22;
  const name = columns(label) < hang - 3 ? [] : [`  ${label}`];
  const first = name.length === 0 ? `  ${pad(label, hang - 2)}` : ' '.repeat(hang);
  const lines = wrap(text, width - hang);
  return [...name, ...lines.map((line, index) => (index === 0 ? first : ' '.repeat(hang)) + line)];
}

function indent(line: string): string {
  return `  ${line}`;
}

function checkLines({ report, ink, width }: Sheet): readonly string[] {
  if (report.checks.length === 0) return [];
  const idWidth = Math.max(...report.checks.map(({ id }) => columns(id)));
  const lines = report.checks.flatMap((check) => checkLine(check, { ink, width, idWidth }));
  return [ink.strong('Checks'), ...lines];
}

function checkLine(
  { id, outcome, message }: RecordCheck,
  { ink, width, idWidth }: { ink: Ink; width: number; idWidth: number },
): readonly string[] {
  const known = outcome === 'not-run' ? 'not-applicable' : outcome;
  const word = pad(outcome, 8);
  const head = `  ${ink.outcome(known, `${ink.symbol(known)} ${word}`)}${pad(id, idWidth)}`;
  if (message === undefined) return [head.trimEnd()];
  const hang = 12 + idWidth + 2;
  if (outcome === 'pass' && columns(message) <= width - hang) return [`${head}  ${message}`];
  return [head.trimEnd(), ...wrap(message, width - 12).map((line) => ' '.repeat(12) + line)];
}

/** What is wrong with the row or with the log. */
function oddLines({ report, ink, width }: Sheet): readonly string[] {
  const { doubts, torn, findings, path } = report;
  const most = 5;
  const told = [
    ...doubts.map(({ code, message }) => `${message} (${code})`),
    ...(torn ? [`${path}:${torn.line} an unfinished row was taken out: ${torn.text}`] : []),
    ...findings.slice(0, most).map(({ code, message, path: file, line }) => {
      const place = file === undefined ? '' : line === undefined ? `${file} ` : `${file}:${line} `;
      return `${place}${message} (${code})`;
    }),
    ...(findings.length > most ? [`and ${findings.length - most} findings more`] : []),
  ];
  if (told.length === 0) return [];
  const lines = told.flatMap((text) =>
    wrap(text, width - 4).map((line, index) => `${index === 0 ? '  ! ' : '    '}${line}`),
  );
  return [ink.strong('Worth a look'), ...lines];
}

function ruleLines({ report, ink, width }: Sheet): readonly string[] {
  const { rules, at, policy } = report;
  if (rules.length === 0) return [];
  const lines = rules.flatMap(({ id, part, gate, outcome, message, earliest }) => {
    const mark = ink.outcome(outcome, `${ink.symbol(outcome)} ${pad(outcomeWord(outcome), 8)}`);
    const head = `  ${mark}${part ? 'part of ' : ''}${id}`;
    if (outcome === 'pass') return [head];
    const when =
      earliest === undefined ? '' : `${clockTime(earliest, policy.timezone)}, ${relative(earliest, at)}`;
    const told = when === '' ? [message] : [message, `can pass ${when}, at the earliest`];
    const below = told.flatMap((text) => wrap(text, width - 12)).map((line) => ' '.repeat(12) + line);
    return [`${head} ${ink.faint(`(${gate})`)}`, ...below];
  });
  return [
    ink.strong(
      report.dryRun ? 'What the rules over this log say without it' : 'What the rules over this log say now',
    ),
    ...lines,
  ];
}

/** A row that is not committed is not kept. */
function keepLines({ report, ink }: Sheet): readonly string[] {
  const { how, dryRun, versioned, path, record, result } = report;
  if (dryRun || !versioned || how === 'there') return [];
  const file = shellWord(path);
  const message = shellWord(`Record ${record}${result === undefined ? '' : `: ${result}`}`);
  return [
    ink.strong('To keep it'),
    `  git add -- ${file} &&`,
    `  git commit -m ${message} -- \\`,
    `    ${file}`,
  ];
}
