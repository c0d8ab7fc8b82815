import { explainLint, lintCodes, lints } from '../analyze/lint/index.ts';
import { hideSecrets } from '../gate/hide.ts';
import { type LintReport, lint } from '../gate/lint.ts';
import { version } from '../generated/version.js';
import { explainCode } from '../model/codes.ts';
import type { Problem } from '../model/problem.ts';
import { plain } from '../report/escape.ts';
import type { RenderOptions } from '../report/index.ts';
import { problemsJson, problemsText } from '../report/problems.ts';
import { type Answer, type Command, type Given, has, type Session, valueOf, valuesOf } from './command.ts';
import { readInputs } from './evidence-options.ts';

export const lintCommand: Command = {
  name: 'lint',
  summary: 'Finds mistakes in policies and waivers. Exits 1 on errors, 0 on warnings alone.',
  operands: '[POLICY...]',
  most: Number.POSITIVE_INFINITY,
  options: [
    { flags: '--root <dir>', text: 'where evidence paths start (default: the top level of the git clone)' },
    { flags: '--input <name=value>', text: 'set an input of the policy; repeatable', repeat: true },
    {
      flags: '--fix',
      text: 'add the keys that some lints ask for, where that can only make the policy stricter',
    },
    { flags: '--list', text: 'list what is looked for, beyond what loading refuses' },
  ],
  formats: ['pretty', 'json', 'sarif'],
  examples: [
    ['soakgate lint', 'every policy in policies/'],
    ['soakgate lint --fix policies/canary.yaml', 'and mend what can be mended safely'],
    ['soakgate lint --format json policies/canary.yaml', 'for an editor or a bot'],
    ['soakgate lint --format sarif --output lint.sarif', 'for code scanning'],
  ],
  run,
};

async function run(given: Given, { cwd, env, clock }: Session): Promise<Answer> {
  if (has(given, 'list')) return listAnswer();
  const inputs = readInputs(valuesOf(given, 'input'));
  if (!inputs.ok) return { kind: 'problems', problems: inputs.problems };
  const root = valueOf(given, 'root');
  const asked = {
    policyPaths: given.operands,
    cwd,
    inputs: inputs.value,
    now: clock(),
    fix: has(given, 'fix'),
  };
  const report = await lint(root === undefined ? asked : { ...asked, root });
  const hide = (problems: readonly Problem[]) => hideSecrets(problems, env);
  const fixed = report.fixed.map(({ problem, added }) => ({ problem: hide([problem])[0] ?? problem, added }));
  return answer({ ...report, problems: hide(report.problems), fixed });
}

function answer({ problems, fixed, files }: LintReport): Answer {
  // What could not be looked at at all is no finding about a policy.
  if (problems.some(({ code }) => code.startsWith('usage/'))) return { kind: 'problems', problems };
  const mended = fixed.map(({ problem: { at, code }, added }) => {
    const place = at === undefined ? '' : `${at.path}:${at.line}:${at.column} `;
    return `${plain(`${place}mended ${code}: added \`${added}\``)}\n`;
  });
  const text = (style: RenderOptions): string =>
    `${mended.join('')}${problemsText(problems, style)}${summary(problems, fixed.length)}\n`;
  return {
    kind: 'result',
    code: problems.some(isError) ? 1 : 0,
    draw: async (format, style) => {
      if (format === 'sarif') return sarifText(problems);
      return format === 'json' ? problemsJson(problems, fixed.length > 0 ? { fixed } : {}) : text(style);
    },
    files: files.map(({ file, shown, text: content }) => ({
      file,
      shown,
      draw: () => Promise.resolve(content),
    })),
  };
}

async function sarifText(problems: readonly Problem[]): Promise<string> {
  const { problemsSarif } = await import('../report/problemsSarif.ts');
  return problemsSarif(problems, version, (code) => explainCode(code) ?? explainLint(code));
}

function isError({ severity }: Problem): boolean {
  return severity === undefined || severity === 'error';
}

function summary(found: readonly Problem[], mended: number): string {
  const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
  const notes = found.filter(({ severity }) => severity === 'note').length;
  const errors = found.filter(isError).length;
  const warnings = found.length - errors - notes;
  const parts = [
    ...(errors > 0 || found.length > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    ...(notes > 0 ? [count(notes, 'note')] : []),
  ];
  const left = parts.length === 0 ? 'no problem found' : parts.join(', ');
  return mended === 0 ? left : `${mended} mended; ${left}`;
}

/** Every lint with its severity, and what it finds wrong. */
function listAnswer(): Answer {
  const list = lintCodes.map((code) => {
    const { severity, summary: wrong, fix } = lints[code];
    return { code, severity, summary: wrong, fix };
  });
  const text = list.map(
    ({ code, severity, summary: wrong, fix }) => `${code} (${severity})\n  ${wrong}\n  fix: ${fix}\n`,
  );
  const json = `${JSON.stringify({ apiVersion: 'soakgate/v1', kind: 'Lints', lints: list }, null, 2)}\n`;
  return {
    kind: 'result',
    code: 0,
    draw: (format) => Promise.resolve(format === 'json' ? json : text.join('\n')),
  };
}
