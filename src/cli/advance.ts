import { advance } from '../gate/advance.ts';
import { render } from '../report/index.ts';
import { type Answer, type Command, type Given, type Session, valueOf } from './command.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';
import { withProgress } from './live.ts';
import {
  onWindows,
  readTransitionOptions,
  refuse,
  transitionAnswer,
  transitionFormats,
  transitionOptions,
} from './transition-options.ts';

export const advanceCommand: Command = {
  name: 'advance',
  summary: 'Judges the step into the next phase, or to the end (`done`), and records it if it is go.',
  operands: 'PHASE [POLICY]',
  most: 2,
  options: [
    ...transitionOptions,
    { flags: '--reason <text>', text: 'a note for the row' },
    ...evidenceOptions.filter(({ flags }) => !flags.startsWith('--at ')),
  ],
  formats: transitionFormats,
  examples: [
    [
      'soakgate advance auth-enforced --run --write-env deploy/production.env',
      'judge, record, set the flags',
    ],
    ['soakgate advance auth-enforced --run --dry-run', 'would it go? exits 3 even then'],
    ['soakgate advance done --run', 'judge the exit and end the rollout'],
  ],
  run,
};

async function run(given: Given, session: Session): Promise<Answer> {
  const [to, ...policyPaths] = given.operands;
  if (to === undefined)
    return refuse({
      code: 'usage/no-phase',
      message: '`advance` needs the phase to enter',
      hint: 'write `soakgate advance PHASE`, or `soakgate advance done`; `soakgate status` names the next one',
    });
  if (session.platform === 'win32') return refuse(onWindows('advance'));
  const options = readEvidenceOptions({ ...given, operands: policyPaths }, session);
  if (!options.ok) return refuse(...options.problems);
  const { at: _, ...evidence } = options.value;
  const reason = valueOf(given, 'reason');
  const answer = await withProgress(given, session, (progress) =>
    advance({
      ...evidence,
      ...readTransitionOptions(given),
      to,
      ...(reason === undefined ? {} : { reason }),
      verdictText: (verdict) => render('json', [verdict]),
      ...progress,
    }),
  );
  return transitionAnswer(answer, session);
}
