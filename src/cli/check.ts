import { type Checked, check } from '../gate/check.ts';
import { exitCodeOf, worstExit } from '../model/exit.ts';
import { problems, type Result } from '../model/problem.ts';
import { type Format, formats, render, type RenderOptions } from '../report/index.ts';
import { type Answer, type Command, type Given, type ResultFile, type Session, valuesOf } from './command.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';
import { withProgress } from './live.ts';
import { formatOptions, formatStyle, reportFiles, reportOption } from './reports.ts';

export const checkCommand: Command = {
  name: 'check',
  summary: 'Judges a rollout from its evidence. The exit code is the decision.',
  operands: '[POLICY...]',
  most: Number.POSITIVE_INFINITY,
  options: [
    {
      flags: '--gate <names>',
      text: 'gates that decide: preflight, monitors, next, exit, all, entry:ID, monitors:ID (default: preflight,monitors; next and exit are outlook)',
      repeat: true,
    },
    ...evidenceOptions,
    reportOption,
    ...formatOptions,
  ],
  formats: formats as readonly [Format, ...Format[]],
  examples: [
    ['soakgate check', 'what holds now, from the policies in policies/'],
    ['soakgate check --run --gate next policies/canary.yaml', 'may the next phase begin?'],
    [
      'soakgate check --format pretty --format json --output verdict.json',
      'for people and for machines at once',
    ],
  ],
  run,
};

async function run(given: Given, session: Session): Promise<Answer> {
  const options = readEvidenceOptions(given, session);
  if (!options.ok) return { kind: 'problems', problems: options.problems };
  const gates = readGates(given);
  if (!gates.ok) return { kind: 'problems', problems: gates.problems };
  const asked = { ...options.value, ...(gates.value.length === 0 ? {} : { gates: gates.value }) };
  const answered = await withProgress(given, session, (progress) => check({ ...asked, ...progress }));
  if (!answered.ok) return { kind: 'problems', problems: answered.problems };
  const files = reportFiles(given, () => answered.value);
  return files.ok
    ? verdictAnswer(answered.value, files.value, formatStyle(given))
    : { kind: 'problems', problems: files.problems };
}

/** The verdicts own the exit code; formats only draw them. */
function verdictAnswer(
  checked: readonly Checked[],
  files: readonly ResultFile[],
  formatted: Partial<RenderOptions>,
): Answer {
  const verdicts = checked.map(({ verdict }) => verdict);
  return {
    kind: 'result',
    code: worstExit(verdicts.map(exitCodeOf)),
    draw: (format, style) => render(format as Format, verdicts, { ...style, ...formatted }),
    files,
    verdicts,
  };
}

/** `--gate preflight,exit` and `--gate preflight --gate exit` are the same; names are judged with the policy. */
export function readGates(given: Given): Result<readonly string[]> {
  const values = valuesOf(given, 'gate');
  const names = values.flatMap((value) => value.split(',')).map((name) => name.trim());
  if (!names.includes('')) return { ok: true, value: [...new Set(names)] };
  return problems({
    code: 'usage/unknown-gate',
    message: `\`--gate ${values.join(',')}\` holds an empty name`,
    hint: 'write names with one comma between them, such as `preflight,exit`',
  });
}
