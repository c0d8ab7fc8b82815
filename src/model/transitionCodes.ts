import type { Reason } from './reasons.ts';

/** The problem codes of the commands that take a step of the rollout. */
export const transitionCodes: Readonly<Record<string, Reason>> = {
  'transition/commit-moved': {
    meaning: 'another commit was checked out while the commands of a step ran',
    todo: 'run it again on the commit that is meant',
  },
  'transition/env-file': {
    meaning: 'the file of `--write-env` cannot be read, or cannot be written as it would have to be',
    todo: 'mend what the message names',
  },
  'transition/env-file-order': {
    meaning: 'a later `--env-file` would win over the file of `--write-env`',
    todo: 'name the file of `--write-env` last',
  },
  'transition/future-row': {
    meaning: 'the newest row of the transition log is dated ahead of the clock',
    todo: 'look at the clock of the machine, and at that row',
  },
  'transition/no-exit': {
    meaning: 'the policy declares no `exit`, so nothing can tell that the rollout is over',
    todo: 'declare `exit:`',
  },
  'transition/no-flags': { meaning: 'the end of a rollout sets no flags', todo: 'leave out `--write-env`' },
  'transition/no-phases': {
    meaning: 'the policy declares no phases',
    todo: 'declare `phases:` and `transitions:`, or name another policy',
  },
  'transition/not-counted': {
    meaning: 'the row of a step was written and does not count',
    todo: '`soakgate status` says what is wrong with the log',
  },
  'transition/other-monitors': {
    meaning: '`--on-fail` stands with the monitors of one phase, which need not be the one in force',
    todo: 'write `--gate monitors`: those of the phase in force are among them',
  },
  'transition/out-of-turn': {
    meaning: 'the phase that was named is not the next one, or does not lie before the one on record',
    todo: 'take the step that the hint names',
  },
  'transition/pin-elsewhere': {
    meaning: 'a pin of the phase is not read from the file of `--write-env`',
    todo: 'name the file that it is read from, or set the flags by hand',
  },
  'transition/rollback-lost': {
    meaning: 'a rollback could not be recorded, or its flags could not be set',
    todo: 'do what the message says, then run the same command again',
  },
  'transition/unknown-phase': { meaning: 'the policy has no such phase', todo: 'correct the name' },
  'transition/unreadable-log': {
    meaning: 'the transition log cannot be read, so nobody can tell which phase is in force',
    todo: 'mend the log; a row that cannot be read may be a rollback',
  },
};
