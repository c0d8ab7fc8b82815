import { hideSecrets } from '../gate/hide.ts';
import { lint } from '../gate/lint.ts';
import type { Problem } from '../model/problem.ts';
import type { RenderOptions } from '../report/index.ts';
import { problemsJson, problemsText } from '../report/problems.ts';
import { type Answer, type Command, type Given, type Session, valueOf } from './command.ts';

export const lintCommand: Command = {
  name: 'lint',
  summary: 'Finds mistakes in policies and waivers. Exits 1 on errors, 0 on warnings alone.',
  operands: '[POLICY...]',
  most: Number.POSITIVE_INFINITY,
  options: [
    { flags: '--root <dir>', text: 'where evidence paths start (default: the top level of the git clone)' },
  ],
  formats: ['pretty', 'json'],
  examples: [
    ['soakgate lint', 'every policy in policies/'],
    ['soakgate lint --format json policies/canary.yaml', 'for an editor or a bot'],
  ],
  run,
};

function run(given: Given, { cwd, env }: Session): Promise<Answer> {
  const root = valueOf(given, 'root');
  const found = lint({ policyPaths: given.operands, cwd, ...(root === undefined ? {} : { root }) });
  return Promise.resolve(answer(hideSecrets(found, env)));
}

function answer(found: readonly Problem[]): Answer {
  // What could not be looked at at all is no finding about a policy.
  if (found.some(({ code }) => code.startsWith('usage/'))) return { kind: 'problems', problems: found };
  const text = (style: RenderOptions): string => `${problemsText(found, style)}${summary(found)}\n`;
  return {
    kind: 'result',
    code: found.some(isError) ? 1 : 0,
    draw: (format, style) => Promise.resolve(format === 'json' ? problemsJson(found) : text(style)),
  };
}

function isError({ severity }: Problem): boolean {
  return severity === undefined || severity === 'error';
}

function summary(found: readonly Problem[]): string {
  const errors = found.filter(isError).length;
  const others = found.length - errors;
  if (found.length === 0) return 'no problem found';
  const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
  return others === 0 ? count(errors, 'error') : `${count(errors, 'error')}, ${count(others, 'warning')}`;
}
