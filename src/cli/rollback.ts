import { rollback } from '../gate/rollback.ts';
import { type Answer, type Command, type Given, type Session, valueOf } from './command.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';
import {
  onWindows,
  readTransitionOptions,
  refuse,
  transitionAnswer,
  transitionFormats,
  transitionOptions,
} from './transition-options.ts';

const shared = ['--root', '--input'];

export const rollbackCommand: Command = {
  name: 'rollback',
  summary: 'Goes back to an earlier phase: sets its flags, then records it. It judges nothing.',
  operands: 'PHASE [POLICY]',
  most: 2,
  options: [
    { flags: '--reason <text>', text: 'why, in one line; required' },
    ...transitionOptions,
    ...evidenceOptions.filter(({ flags }) => shared.some((name) => flags.startsWith(`${name} `))),
  ],
  formats: transitionFormats,
  examples: [
    [
      "soakgate rollback shadow --reason 'logins fail' --write-env deploy/production.env",
      'set the flags back and record it',
    ],
  ],
  run,
};

async function run(given: Given, session: Session): Promise<Answer> {
  const [to, ...policyPaths] = given.operands;
  const reason = valueOf(given, 'reason')?.trim() ?? '';
  if (to === undefined)
    return refuse({
      code: 'usage/no-phase',
      message: '`rollback` needs the phase to go back to',
      hint: 'write `soakgate rollback PHASE --reason TEXT`',
    });
  if (reason === '')
    return refuse({
      code: 'usage/no-reason',
      message: '`rollback` needs a reason',
      hint: `write \`soakgate rollback ${to} --reason TEXT\``,
    });
  if (session.platform === 'win32') return refuse(onWindows('rollback'));
  const options = readEvidenceOptions({ ...given, operands: policyPaths }, session);
  if (!options.ok) return refuse(...options.problems);
  const answer = await rollback({ ...options.value, ...readTransitionOptions(given), to, reason });
  return transitionAnswer(answer, session);
}
