import type { TransitionReport } from '../model/transition.ts';
import { plainAll, withoutCommands } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { createInk, type Ink } from './ink.ts';
import { jsonText } from './json.ts';
import { shellWord } from './shellWord.ts';
import { clockTime, glue } from './when.ts';
import { pad, wrap } from './wrap.ts';

/** What `advance` or `rollback` did, as one JSON value. Its `decision` stands in the verdict that it holds. */
export function transitionJson(report: TransitionReport): string {
  return jsonText({ apiVersion: 'soakgate/v1', kind: 'Transition', ...report });
}

interface Sheet {
  report: TransitionReport;
  ink: Ink;
  width: number;
}

/** What was done, for a person: the step, where it is kept, which flags to set now, how to keep it. */
export async function transitionText(report: TransitionReport, options: RenderOptions): Promise<string> {
  const { verdict, how } = report;
  // One column stays free: terminals break a full line.
  const sheet = { report: plainAll(report), ink: createInk(options), width: Math.max(40, options.width) - 1 };
  const parts =
    how === 'not-go'
      ? [headLines(sheet)]
      : [headLines(sheet), oddLines(sheet), flagLines(sheet), keepLines(sheet), endLines(sheet)];
  const lines = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
  const own = withoutCommands(`${lines.join('\n').replaceAll(glue, ' ')}\n`);
  if (how !== 'not-go' || !verdict) return own;
  const { pretty } = await import('./pretty.ts');
  return `${own}\n${pretty([verdict], options)}`;
}

function headLines({ report, ink, width }: Sheet): readonly string[] {
  const { row, stored, reason, at, policy, how } = report;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['at', how === 'not-go' ? undefined : clockTime(at, policy.timezone)],
    ['row', row && `${row.path}:${row.line}`],
    ['verdict', stored?.path],
    ['reason', reason],
  ];
  return [
    ...wrap(headline(report), width).map(ink.strong),
    ...facts.flatMap(([label, text]) => (text === undefined || text === '' ? [] : fact(width, label, text))),
  ];
}

/** Two blanks that wrapping leaves alone. */
const gap = `${glue} `;

export function headline(report: TransitionReport): string {
  const { how, dryRun, to, from, policy } = report;
  const step = to === 'done' ? `${policy.title}: the end` : `${from} to ${to}`;
  const nothing = dryRun ? '; nothing is written' : '';
  switch (how) {
    case 'not-go':
      return `NOT ADVANCED${gap}${step}; nothing is written`;
    case 'finished':
      return `${dryRun ? 'WOULD COMPLETE' : 'COMPLETED'}${gap}${step}; its row stood there already${nothing}`;
    case 'recorded':
      return `${recorded(report)}${gap}${step}${nothing}`;
  }
}

function recorded({ transition, dryRun }: TransitionReport): string {
  switch (transition) {
    case 'advance':
      return dryRun ? 'WOULD ADVANCE' : 'ADVANCED';
    case 'rollback':
      return dryRun ? 'WOULD ROLL BACK' : 'ROLLED BACK';
    case 'done':
      return dryRun ? 'WOULD FINISH' : 'FINISHED';
  }
}

function fact(width: number, label: string, text: string): readonly string[] {
  const hang = 12;
  return wrap(text, width - hang).map(
    (line, index) => (index === 0 ? `  ${pad(label, hang - 2)}` : ' '.repeat(hang)) + line,
  );
}

function oddLines({ report: { torn, row }, width }: Sheet): readonly string[] {
  if (!torn || !row) return [];
  return wrap(`! ${row.path}:${torn.line} an unfinished row was taken out: ${torn.text}`, width - 2).map(
    (line) => `  ${line}`,
  );
}

function flagLines({ report, ink, width }: Sheet): readonly string[] {
  const { flags, pins, dryRun } = report;
  switch (flags.how) {
    case 'in-force':
      return [];
    case 'to-be-set':
      return [ink.strong(dryRun ? 'Flags to be set then' : 'Set these flags now'), ...pinLines(pins, width)];
    case 'set': {
      const title = dryRun ? `Would be set in ${flags.file}` : `Set in ${flags.file}`;
      const changed = pins.filter(({ path }) => flags.changed.includes(nameOf(path)));
      const none = ['  nothing: they were set already'];
      return [
        ...wrap(title, width).map(ink.strong),
        ...(changed.length === 0 ? none : pinLines(changed, width)),
      ];
    }
  }
}

function nameOf(path: string): string {
  return path.slice(path.indexOf('.') + 1);
}

function pinLines(pins: TransitionReport['pins'], width: number): readonly string[] {
  return pins.flatMap(({ path, value }) =>
    wrap(`${nameOf(path)}=${value}`, width - 2).map((line) => `  ${line}`),
  );
}

/** A step that is not committed is not kept. */
function keepLines({ report, ink }: Sheet): readonly string[] {
  const { commit, transition, policy, to, dryRun } = report;
  if (commit.length === 0 || dryRun) return [];
  const words = { advance: 'Advance', rollback: 'Roll back', done: 'Finish' } as const;
  const what = transition === 'done' ? policy.name : `${policy.name} to ${to}`;
  const files = commit.map(shellWord);
  const listed = files.map((file, index) => `    ${file}${index < files.length - 1 ? ' \\' : ''}`);
  return [
    ink.strong('To keep it'),
    '  git add -- \\',
    ...listed.slice(0, -1),
    `${listed.at(-1) ?? ''} &&`,
    `  git commit -m ${shellWord(`${words[transition]} ${what}`)} -- \\`,
    ...listed,
  ];
}

function endLines({
  report: { transition, dryRun, how, verdict, policy },
  ink,
  width,
}: Sheet): readonly string[] {
  if (transition === 'rollback') return [];
  const code = dryRun ? 3 : 0;
  const done = transition === 'done' && how === 'recorded' && !dryRun;
  const said = done
    ? `${policy.name}: the rollout is finished`
    : `${policy.name}: ${(verdict?.decision ?? '').toUpperCase()}`;
  const why = dryRun ? ' of a dry run' : '';
  return wrap(`${said}, exit code ${code}${why}`, width).map((line) => ink.decision('go', line));
}
