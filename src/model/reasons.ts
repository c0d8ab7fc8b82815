import { metricReasons } from './metricReasons.ts';
import { serverReasons } from './serverReasons.ts';

/**
 * The closed list of reason codes: every outcome and every finding carries one (spec section 8). `docs/reasons.md` is
 * checked against it. `meaning` is one sentence; `todo` says what a person can do about it.
 */
export interface Reason {
  meaning: string;
  todo: string;
}

export const reasons = {
  'assert.false': { meaning: 'the expression is false', todo: 'look at the values named in the message' },
  'assert.not-boolean': {
    meaning: 'the expression gave something that is neither true nor false',
    todo: 'compare the value with something in the policy',
  },
  'assert.true': { meaning: 'the expression is true', todo: 'nothing' },
  'collector.not-built': {
    meaning: 'this version of Soakgate cannot collect this kind of evidence',
    todo: 'use another kind of evidence or a newer version',
  },
  'command.bad-json': {
    meaning: 'the output was declared as JSON and is none',
    todo: 'print one JSON value on standard output',
  },
  'command.failed': {
    meaning: 'the command ended with an exit code other than 0',
    todo: 'run it by hand and mend what it reports',
  },
  'command.flooded': {
    meaning: 'the command wrote more output than the cap allows',
    todo: 'make it quieter',
  },
  'command.interrupted': { meaning: 'the command was interrupted before it ended', todo: 'run again' },
  'command.killed': {
    meaning: 'the command was ended by a signal',
    todo: 'find out who killed it and run again',
  },
  'command.not-run': {
    meaning: 'commands run only when asked',
    todo: 'add --run, or bring a result with --evidence',
  },
  'command.not-started': {
    meaning: 'the program could not be started',
    todo: 'install it or correct `run:`',
  },
  'command.passed': { meaning: 'the command ended with exit code 0', todo: 'nothing' },
  'command.timed-out': {
    meaning: 'the command did not end within its timeout',
    todo: 'raise `timeout:` or make it faster',
  },
  'composite.all': { meaning: 'the worst of the parts decides', todo: 'look at the open parts' },
  'composite.any': { meaning: 'the best of the parts decides', todo: 'satisfy one of the parts' },
  'composite.not': { meaning: 'the part must not pass', todo: 'look at the part' },
  'document.complete': { meaning: 'the document holds what is demanded', todo: 'nothing' },
  'document.conflicting-field': {
    meaning: 'a field stands there twice with different values; the first counts',
    todo: 'keep one of them',
  },
  'document.date-outside': {
    meaning: 'the date does not lie between the start of the phase and now',
    todo: 'write the true date',
  },
  'document.missing-field': { meaning: 'a field is missing or empty', todo: 'write the field' },
  'document.missing-section': { meaning: 'a section is missing or empty', todo: 'write the section' },
  'document.open-tasks': {
    meaning: 'a task of the list is open, or there is none',
    todo: 'do the open tasks and tick them',
  },
  'document.placeholder': {
    meaning: 'a placeholder stands where text is due',
    todo: 'replace the placeholder',
  },
  'dotenv.duplicate': {
    meaning: 'a variable is set more than once in one file; the last counts',
    todo: 'remove the other lines',
  },
  'dotenv.example': { meaning: 'an example file was read because it was named', todo: 'name the real file' },
  'dotenv.malformed-line': {
    meaning: 'a line of the file is no assignment that can be read',
    todo: 'mend the line',
  },
  'env.blank': { meaning: 'the variable is empty or blank, which counts as unset', todo: 'give it a value' },
  'env.placeholder': {
    meaning: 'the variable has the value of an example file or a known placeholder',
    todo: 'give it its real value',
  },
  'env.unset': { meaning: 'the variable is not set', todo: 'set it' },
  'evidence.absent': { meaning: 'the evidence was not collected', todo: 'collect it' },
  'evidence.as-of': {
    meaning: 'the evidence was collected after the instant that is looked at',
    todo: 'bring evidence recorded by then',
  },
  'evidence.dirty-tree': {
    meaning: 'the working tree differs from the commit',
    todo: 'commit or stash the changes',
  },
  'evidence.hidden': {
    meaning: 'the value is kept secret, so only its presence and format can be judged',
    todo: 'use `set` or `format`, or declare `show: true`',
  },
  'evidence.ill-typed': { meaning: 'the value does not fit its declared type', todo: 'correct the value' },
  'evidence.no-commit': {
    meaning: 'nothing says which commit the evidence is about',
    todo: 'let a command write the file, or leave `bind: commit` out',
  },
  'evidence.null': { meaning: 'the path holds no value', todo: 'look at the source' },
  'evidence.other-branch': {
    meaning: 'the commit is not on the demanded branch',
    todo: 'judge a commit of that branch',
  },
  'evidence.other-commit': {
    meaning: 'the evidence is about another commit',
    todo: 'collect it for this commit',
  },
  'evidence.other-environment': {
    meaning: 'the evidence is about another environment',
    todo: 'collect it for this environment',
  },
  'evidence.other-policy': {
    meaning: 'the evidence was collected under another policy',
    todo: 'collect it again',
  },
  'evidence.stale': { meaning: 'the evidence is older than its `maxAge`', todo: 'collect it again' },
  'evidence.tampered': {
    meaning:
      'the evidence contradicts its digest, its kind, the command of the policy or its twin of the same time',
    todo: 'collect it again',
  },
  'evidence.undeclared': { meaning: 'nothing declares this evidence', todo: 'declare it under `evidence:`' },
  'evidence.undated': {
    meaning: 'nothing says when the evidence was made, so its age is not known',
    todo: 'write the time into the file, or leave `maxAge` out',
  },
  'expect.held': { meaning: 'every value is as demanded', todo: 'nothing' },
  'expect.mismatch': { meaning: 'a value is not as demanded', todo: 'set the demanded value' },
  'expect.unset': { meaning: 'a value that must be set is not set', todo: 'set it' },
  'file.ambiguous': {
    meaning: 'the pattern finds different values',
    todo: 'make the pattern or the file say one thing',
  },
  'file.missing': { meaning: 'the file does not exist', todo: 'create it or correct the path' },
  'file.no-match': {
    meaning: 'the pattern or pointer finds nothing',
    todo: 'correct the file or the pattern',
  },
  'file.not-regular': { meaning: 'the path is no regular file', todo: 'name a regular file' },
  'file.outside-root': { meaning: 'the path leads out of the root', todo: 'move the file into the root' },
  'file.too-large': { meaning: 'the file is larger than the cap', todo: 'make it smaller' },
  'file.unparsable': { meaning: 'the file cannot be parsed', todo: 'mend its syntax' },
  'file.unreadable': { meaning: 'the file cannot be read', todo: 'give read permission' },
  'git.missing': {
    meaning: 'there is no git repository, or no commit in it yet',
    todo: 'run inside a clone; in a new repository, make the first commit',
  },
  'log.conflict-marker': {
    meaning: 'a merge conflict marker stands in the log',
    todo: 'resolve the conflict',
  },
  'log.date-only': {
    meaning: 'the rows of the log have dates without times, which serve streaks per day and per week only',
    todo: 'write the time of day into the log, or count days',
  },
  'log.detached-rows': {
    meaning: 'rows are cut off from their table by a blank line or comment; they were read',
    todo: 'remove the blank line',
  },
  'log.duplicate-row': {
    meaning: 'a row repeats an earlier one in every cell; it counts once',
    todo: 'remove it',
  },
  'log.empty': { meaning: 'the log has no qualifying row', todo: 'write the first record' },
  'log.future-row': { meaning: 'a row is dated after the instant of evaluation', todo: 'correct its time' },
  'log.ill-typed-cell': { meaning: 'a cell does not fit the type of its column', todo: 'correct the cell' },
  'log.malformed-row': { meaning: 'a row has more or fewer cells than its header', todo: 'correct the row' },
  'log.missing-column': {
    meaning: 'the table has no column of that name',
    todo: 'correct the header or the policy',
  },
  'log.no-table': { meaning: 'the file has no table under that heading', todo: 'add the table' },
  'log.out-of-order': { meaning: 'a row is older than one before it', todo: 'append new rows at the end' },
  'log.time-unreadable': { meaning: 'the time of a row cannot be read', todo: 'write RFC 3339 in UTC' },
  'log.torn-row': { meaning: 'the last row is not whole', todo: 'complete or remove it' },
  'log.unknown-line': {
    meaning: 'a line inside the log is neither row nor prose',
    todo: 'remove or mend the line',
  },
  'logic.budget': {
    meaning: 'judging the expression would take too many steps',
    todo: 'make the list or the expression smaller',
  },
  'logic.empty': {
    meaning: 'a list without elements proves nothing',
    todo: 'see that there are records, or say `allowEmpty: true`',
  },
  'logic.not-finite': {
    meaning: 'a calculation gave no finite number',
    todo: 'look at the operands, for example a division by zero',
  },
  'logic.not-json': { meaning: 'a value is no JSON value', todo: 'hand over plain JSON data' },
  'logic.path': { meaning: 'the path does not name a property of the data itself', todo: 'correct the path' },
  'logic.refused': { meaning: 'the expression is refused', todo: 'correct the expression' },
  'logic.type': {
    meaning: 'an operand has a type that the operator cannot judge',
    todo: 'compare like with like',
  },
  ...metricReasons,
  'not-applicable': { meaning: 'the condition of the rule is false', todo: 'nothing' },
  'phase.deadline-kept': { meaning: 'the phase in force is within its deadline', todo: 'nothing' },
  'phase.deadline-near': {
    meaning: 'the phase in force has used four fifths of its deadline',
    todo: 'take the next step, go back, or let the deadline be moved in the policy',
  },
  'phase.deadline-passed': {
    meaning: 'the phase in force has outlived its deadline',
    todo: 'go back with rollback, or let the deadline be moved in the policy',
  },
  'phase.deadline-unknown': {
    meaning: 'nobody can tell when the phase in force began, so neither when its deadline is',
    todo: 'write the first record of the phase',
  },
  'phase.drift': {
    meaning: 'the pins in force name a phase whose entry had not been granted',
    todo: 'go back, or make the transition with advance',
  },
  'phase.frozen': { meaning: 'nothing advances at this time', todo: 'wait until the window ends' },
  'phase.in-step': { meaning: 'the pins in force are those of a phase that was entered', todo: 'nothing' },
  'phase.behind': {
    meaning: 'the pins in force are those of an earlier phase',
    todo: 'run `soakgate advance` or `rollback` again with --write-env; record a way back with `soakgate rollback`',
  },
  'phase.not-last': {
    meaning: 'the rollout does not stand in its last phase',
    todo: 'go through the phases before',
  },
  'phase.out-of-turn': {
    meaning: 'a transition does not follow from the phase that was in force, or names no phase',
    todo: 'make transitions with advance and rollback',
  },
  'phase.unknown': { meaning: 'the pins match no phase', todo: 'set the pins of a phase' },
  'quiet.heartbeat-short': {
    meaning: 'nobody was watching through the whole window',
    todo: 'keep the heartbeat log',
  },
  'quiet.incident': { meaning: 'an incident lies in the window', todo: 'wait until the window is past it' },
  'quiet.kept': { meaning: 'no incident in the window, and somebody was watching', todo: 'nothing' },
  'quiet.stale': { meaning: 'the newest heartbeat is too old', todo: 'record now' },
  ...serverReasons,
  'soak.breach': { meaning: 'the newest observation breaks the soak', todo: 'mend the cause and soak again' },
  'soak.done': { meaning: 'the phase was soaked long enough', todo: 'nothing' },
  'soak.not-begun': { meaning: 'the phase was not entered', todo: 'enter the phase' },
  'soak.short': {
    meaning: 'the phase was not soaked long enough',
    todo: 'keep recording until the instant named',
  },
  'soak.stale': { meaning: 'the newest observation is too old', todo: 'record now' },
  'soak.unclear': {
    meaning: 'a cell that decides about the newest observation is empty or ill-typed',
    todo: 'mend the row, or record again',
  },
  'soak.unpinned': {
    meaning: 'the newest observation has other or no pins',
    todo: 'record with the pins of the phase',
  },
  'soak.untrusted': {
    meaning: 'a row that cannot be trusted may have ended the soak',
    todo: 'mend the row',
  },
  'streak.broken': {
    meaning: 'the newest bucket is not good',
    todo: 'mend the cause; the streak begins again',
  },
  'streak.kept': { meaning: 'the streak is long enough', todo: 'nothing' },
  'streak.not-begun': { meaning: 'the phase was not entered', todo: 'enter the phase' },
  'streak.short': { meaning: 'the streak is not long enough', todo: 'keep recording' },
  'streak.stale': { meaning: 'the newest record is too old', todo: 'record now' },
  'streak.untrusted': {
    meaning: 'a row that cannot be trusted spoils the newest bucket',
    todo: 'mend the row',
  },
  'tests.failed': { meaning: 'a test failed', todo: 'mend it' },
  'tests.missing': { meaning: 'the run wrote no result file', todo: 'correct `results:`' },
  'tests.none': { meaning: 'no test was executed', todo: 'run at least one test' },
  'tests.passed': { meaning: 'tests ran and none failed', todo: 'nothing' },
  'transition.no-verdict': {
    meaning: 'the verdict of a transition is not stored beside the log',
    todo: 'advance again',
  },
  'transition.not-go': {
    meaning: 'the stored verdict did not decide `go` for this transition',
    todo: 'advance again',
  },
  'transition.verdict-differs': {
    meaning: 'the stored verdict has another digest than the row names',
    todo: 'advance again',
  },
  'waiver.expired': {
    meaning: 'a waiver of this rule has expired',
    todo: 'mend the rule or ask for a new waiver',
  },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof reasons;
