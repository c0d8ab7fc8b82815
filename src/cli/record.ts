import { record, type RecordAnswer } from '../gate/record.ts';
import { second } from '../model/instant.ts';
import { type Problem, problems, type Result } from '../model/problem.ts';
import type { RecordReport } from '../model/record.ts';
import { recordJson, recordText } from '../report/record.ts';
import { type Answer, type Command, type Given, has, type Session, valueOf, valuesOf } from './command.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';
import { withProgress } from './live.ts';
import { writeError } from './write.ts';

const shared = ['--root', '--env-file', '--input', '--no-cache'];
const wait = 30 * second;

export const recordCommand: Command = {
  name: 'record',
  summary: 'Adds one row to a log, as the policy declares it under `records:`. Exits 0 once it is kept.',
  operands: 'NAME [POLICY]',
  most: 2,
  options: [
    { flags: '--run', text: 'run the checks: a strict record, pass or fail; without it the row is not-run' },
    { flags: '--fail', text: 'exit 1 unless the row is pass' },
    {
      flags: '--set <column=value>',
      text: 'fill a cell that the policy leaves to you; repeatable',
      repeat: true,
    },
    { flags: '--note <text>', text: 'add a note to the details' },
    { flags: '--init', text: 'make the empty log instead of a row' },
    { flags: '--dry-run', text: 'show the row and its place; write nothing' },
    { flags: '--anyway', text: 'write the row whatever is missing; it is never better for that' },
    ...evidenceOptions.filter(({ flags }) =>
      shared.some((name) => flags === name || flags.startsWith(`${name} `)),
    ),
  ],
  formats: ['pretty', 'json'],
  examples: [
    ['soakgate record smoke --run --env-file deploy/production.env', 'the strict record of the day'],
    ["soakgate record incidents --set Kind=auth --set 'Summary=logins fail'", 'what a person saw'],
  ],
  run,
};

async function run(given: Given, session: Session): Promise<Answer> {
  const [name, ...policyPaths] = given.operands;
  if (name === undefined) return refuse(noName);
  if (session.platform === 'win32') return refuse(onWindows);
  const options = readEvidenceOptions({ ...given, operands: policyPaths }, session);
  if (!options.ok) return refuse(...options.problems);
  const sets = readSets(valuesOf(given, 'set'));
  if (!sets.ok) return refuse(...sets.problems);
  const note = valueOf(given, 'note');
  const fail = has(given, 'fail');
  const wish = {
    ...{ name, fail, sets: sets.value, wait },
    ...{ init: has(given, 'init'), dryRun: has(given, 'dry-run'), anyway: has(given, 'anyway') },
    ...(note === undefined ? {} : { note }),
  };
  const answer = await withProgress(given, session, (progress) =>
    record({ ...options.value, ...wish, ...progress }),
  );
  // Whoever interrupts the checks does not undo them: the row is there, and the last line would not say so.
  if (answer.how === 'recorded' && session.signal.aborted)
    writeError(`soakgate: ${leftBehind(answer.report)}\n`);
  return answerOf(answer, fail);
}

function answerOf(answer: RecordAnswer, fail: boolean): Answer {
  switch (answer.how) {
    case 'refused':
      return refuse(...answer.problems);
    case 'lost':
      return { kind: 'problems', problems: answer.problems, code: 4 };
    case 'recorded': {
      const { report } = answer;
      return {
        kind: 'result',
        code: fail && report.result !== 'pass' ? 1 : 0,
        draw: (format, style) =>
          Promise.resolve(format === 'json' ? recordJson(report) : recordText(report, style)),
      };
    }
  }
}

function leftBehind({ path, line, result }: RecordReport): string {
  return `the row \`${result ?? 'written'}\` stands in ${path}:${line ?? 0}`;
}

function refuse(...list: readonly Problem[]): Answer {
  return { kind: 'problems', problems: list };
}

const noName: Problem = {
  code: 'usage/no-record',
  message: '`record` needs the name of a record',
  hint: 'write `soakgate record NAME`, with a name from `records:` of the policy',
};

const onWindows: Problem = {
  code: 'usage/windows-record',
  message: '`record` does not work on Windows: a row could not be kept for sure',
  hint: 'run soakgate inside WSL',
};

/** `--set COLUMN=VALUE`; a column may hold blanks, a value anything. */
function readSets(texts: readonly string[]): Result<ReadonlyMap<string, string>> {
  const sets = new Map<string, string>();
  for (const text of texts) {
    const cut = text.indexOf('=');
    const column = text.slice(0, cut).trim();
    const bad = (message: string): Problem => ({
      code: 'usage/bad-set',
      message,
      hint: 'write `--set COLUMN=VALUE`, once for each column',
    });
    if (cut < 1 || column === '') return problems(bad(`\`--set ${text}\` is not of the form COLUMN=VALUE`));
    if (sets.has(column)) return problems(bad(`\`--set\` gives the column \`${column}\` twice`));
    sets.set(column, text.slice(cut + 1));
  }
  return { ok: true, value: sets };
}
