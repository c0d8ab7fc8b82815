import { streak } from '../gate/streak.ts';
import type { Problem } from '../model/problem.ts';
import { answerInWords } from './answer.ts';
import { type Answer, type Command, type Given, type Session } from './command.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';

export const streakCommand: Command = {
  name: 'streak',
  summary: 'Tells the streaks over a log: how far, day by day, and what today still needs.',
  operands: 'LOG [POLICY]',
  most: 2,
  // No command is run: streaks read logs.
  options: evidenceOptions.filter(({ flags }) => flags !== '--run'),
  formats: ['pretty', 'json'],
  examples: [
    ['soakgate streak smoke', 'every streak over the log `smoke`'],
    ['soakgate streak smoke.strict', 'those over its view `strict`'],
    ['soakgate streak smoke-seven-days', 'the streak of one rule'],
  ],
  run,
};

const nothingNamed: Problem = {
  code: 'usage/unknown-log',
  message: '`streak` needs a log, a view of one, or a rule',
  hint: 'write `soakgate streak LOG`',
};

async function run(given: Given, session: Session): Promise<Answer> {
  const [asked, ...policyPaths] = given.operands;
  if (asked === undefined) return { kind: 'problems', problems: [nothingNamed] };
  const options = readEvidenceOptions(given, session);
  if (!options.ok) return { kind: 'problems', problems: options.problems };
  const told = await streak({ ...options.value, asked, policyPaths });
  if (!told.ok) return { kind: 'problems', problems: told.problems };
  return answerInWords(told.value, async (style) =>
    (await import('../report/streak.ts')).streakText(told.value, style),
  );
}
