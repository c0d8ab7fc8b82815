import type { Explanation } from '../model/explanation.ts';
import { nearest } from '../model/nearest.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import { answerInWords } from './answer.ts';
import { type Answer, type Command, type Given, type Session } from './command.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';
import { withProgress } from './live.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'Tells what a rule demands and why it stands as it does, or what a code means.',
  operands: 'RULE|CODE [POLICY]',
  most: 2,
  options: evidenceOptions,
  formats: ['pretty', 'json'],
  examples: [
    ['soakgate explain shadow-soak', 'a rule in words, its outcome now, and the values that it saw'],
    ['soakgate explain backend-tests-green --run', 'run the commands that the rule needs, no others'],
    ['soakgate explain streak.stale', 'what a reason code means, and what to do'],
    ['soakgate explain policy/unknown-evidence', 'the same for a mistake in a policy'],
  ],
  run,
};

async function run(given: Given, session: Session): Promise<Answer> {
  const told = await tell(given, session);
  if (!told.ok) return { kind: 'problems', problems: told.problems };
  return answerInWords(told.value, async (style) =>
    (await import('../report/explain.ts')).explanationText(told.value, style),
  );
}

/** Ids of rules hold neither dot nor slash, and no rule may be named as the one code without them. */
async function tell(given: Given, session: Session): Promise<Result<Explanation>> {
  const [name, ...policyPaths] = given.operands;
  if (name === undefined) return problems(nothingNamed);
  const { explainCode, allCodes } = await import('../model/codes.ts');
  const code = explainCode(name);
  if (code !== undefined) return ok(code);
  if (/[./]/.test(name)) {
    const { explainLint, lintCodes } = await import('../analyze/lint/index.ts');
    const lint = explainLint(name);
    return lint === undefined ? problems(unknownCode(name, [...allCodes, ...lintCodes])) : ok(lint);
  }
  const options = readEvidenceOptions(given, session);
  if (!options.ok) return options;
  // A code is told without anything that reads policies or evidence.
  const { explain } = await import('../gate/explain.ts');
  return withProgress(given, session, (progress) =>
    explain({ ...options.value, policyPaths, rule: name, ...progress }),
  );
}

const nothingNamed: Problem = {
  code: 'usage/unknown-rule',
  message: '`explain` needs a rule or a code',
  hint: 'write `soakgate explain RULE` or `soakgate explain streak.stale`',
};

function unknownCode(code: string, codes: readonly string[]): Problem {
  const near = nearest(code, codes);
  const hint = near === undefined ? 'the codes are listed in docs/reasons.md' : `did you mean \`${near}\`?`;
  return { code: 'usage/unknown-code', message: `there is no code \`${code}\``, hint };
}
