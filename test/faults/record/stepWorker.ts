import { writeSync } from 'node:fs';
import { rolloutIn, said } from '../../support/steps.ts';
import { dieAt } from './die.ts';

/** Takes one step of a rollout and is killed before its call number `at` that changes the disk. */
const [root = '', step = '', at = '0', share = '0'] = process.argv.slice(2);

const calls = ['writeSync', 'fsyncSync', 'linkSync', 'renameSync', 'unlinkSync', 'fchmodSync'];
if (Number(at) > 0) dieAt({ at: Number(at), share: Number(share), calls });
const rollout = rolloutIn(root);
const more = { writeEnv: 'deploy.env' };
const answer = await (step === 'advance'
  ? rollout.advance('second', 2, more)
  : rollout.rollback('first', 3, more));
writeSync(1, `${said(answer)}\n`);
