import { policyCodes } from './policyCodes.ts';
import type { Reason } from './reasons.ts';
import { transitionCodes } from './transitionCodes.ts';

/**
 * The list of problem codes: every mistake in a policy, a waiver or a command line carries one. The message of a
 * problem says more than this list can: it names the user's own words.
 */
export const problemCodes: Readonly<Record<string, Reason>> = {
  'logic/arity': {
    meaning: 'an operator has too few or too many operands',
    todo: 'give it as many as it takes',
  },
  'logic/computed-path': {
    meaning: 'a path is computed, so nobody can tell what the rule reads',
    todo: 'write the path down',
  },
  'logic/default': {
    meaning: '`var` has a default, which would stand in for a missing fact',
    todo: 'leave the default out: what is missing is unknown',
  },
  'logic/depth': { meaning: 'an expression is too deep', todo: 'split the rule' },
  'logic/empty-object': {
    meaning: 'an empty object stands where an expression is due',
    todo: 'write an expression',
  },
  'logic/no-else': { meaning: '`if` has no else', todo: 'add what holds if no condition is true' },
  'logic/no-evidence': {
    meaning: 'the expression reads no evidence, so it would always say the same',
    todo: 'read a path with `var`',
  },
  'logic/not-json': {
    meaning: 'a value is no JSON value',
    todo: 'write a text, a number, true, false, or a list',
  },
  'logic/path': {
    meaning: '`var` cannot see what the path names',
    todo: 'name evidence, or inside an iteration a part of the element',
  },
  'logic/refused-operator': { meaning: 'the operator is refused on purpose', todo: 'do without it' },
  'logic/size': { meaning: 'an expression has too many values', todo: 'split the rule' },
  'logic/two-operators': { meaning: 'one object holds several operators', todo: 'join them with `and`' },
  'logic/unknown-operator': {
    meaning: 'there is no operator of that name',
    todo: 'see the list of operators in the reference',
  },
  ...policyCodes,
  'record/check-cannot-count': {
    meaning: 'it is known beforehand that a check of the record cannot count',
    todo: 'commit the changes, or install the program; --anyway records the check as unknown',
  },
  'record/dry-fail': { meaning: '--fail stands beside --dry-run', todo: 'leave one of them out' },
  'record/fixed-column': {
    meaning: '--set names a column that the policy fills itself',
    todo: 'leave it out',
  },
  'record/flag-unset': {
    meaning: 'a value that the row takes from the evidence is not known',
    todo: 'set it where this process sees it, or name its file with --env-file',
  },
  'record/ill-typed': { meaning: 'a value of --set does not fit its column', todo: 'write one that fits' },
  'record/init-alone': { meaning: '--init writes no row', todo: 'leave out --run, --fail, --set and --note' },
  'record/locked': {
    meaning: 'somebody else writes the log, or died elsewhere while doing so',
    todo: 'let it end; remove the lock file only if its process runs nowhere any more',
  },
  'record/missing-value': { meaning: 'a cell that is left to you has no value', todo: 'add --set' },
  'record/no-checks': { meaning: 'the record has no checks to run', todo: 'leave out --run' },
  'record/no-result': { meaning: 'the record has no result to be judged', todo: 'leave out --fail' },
  'record/no-summary': { meaning: 'the record has no cell for a note', todo: 'leave out --note' },
  'record/not-durable': {
    meaning: 'the row is written, but the system does not confirm that it is kept',
    todo: 'look whether the row is there before trying again',
  },
  'record/not-written': {
    meaning: 'the row could not be written; the log is as it was',
    todo: 'mend what the message names and try again',
  },
  'record/outside-root': {
    meaning: 'the path of the log leads out of the root',
    todo: 'see where its links lead',
  },
  'record/unknown-column': { meaning: '--set names no column of the record', todo: 'correct the name' },
  'record/unreadable-log': {
    meaning: 'the log cannot be read, or no row can be added to it that would be',
    todo: 'mend the log; `soakgate check` says what is wrong with it',
  },
  ...transitionCodes,
  'usage/ambiguous-log': {
    meaning: 'several policies have a log, view or streak rule of that name',
    todo: 'name the policy',
  },
  'usage/ambiguous-rule': { meaning: 'several policies have a rule of that id', todo: 'name the policy' },
  'usage/bad-duration': {
    meaning: 'a duration on the command line cannot be read',
    todo: 'write a whole number and a unit, such as `30s`, `5m` or `2h`',
  },
  'usage/bad-input': {
    meaning: '`--input` is not of the form name=value, or is given twice',
    todo: 'write `--input name=value` once',
  },
  'usage/bad-input-file': {
    meaning: 'standard input (`-`) stands beside other files',
    todo: 'give `-` alone',
  },
  'usage/bad-instant': {
    meaning: '`--at` is no date and time with a zone',
    todo: 'write it as `2026-02-24T09:00:00Z`',
  },
  'usage/bad-set': {
    meaning: '`--set` is not of the form COLUMN=VALUE, or given twice for a column',
    todo: 'write it so, once for each column',
  },
  'usage/empty-value': {
    meaning: 'an option or an argument is empty',
    todo: 'give it a value; in a script, look at the variable',
  },
  'usage/env-file': {
    meaning: 'a file of `--env-file` cannot be read',
    todo: 'name a file that can be read',
  },
  'usage/evidence-file': {
    meaning: 'a file of `--evidence` cannot be used',
    todo: 'name a file written by `soakgate collect --output`',
  },
  'usage/verdict-file': {
    meaning: 'a file named to `report` holds no verdict that this version can read',
    todo: 'name a file written by `soakgate check --format json`',
  },
  'usage/future-instant': { meaning: '`--at` lies ahead', todo: 'name an instant of the past' },
  'usage/input-value': {
    meaning: 'the value of an input does not fit its type or bounds',
    todo: 'give a value within the bounds',
  },
  'usage/missing-input': {
    meaning: 'an input without a default is not given',
    todo: 'add `--input name=value`',
  },
  'usage/missing-value': { meaning: 'an option has no value', todo: 'write the value behind it' },
  'usage/no-command': { meaning: 'an option stands before the command', todo: 'write the command first' },
  'usage/no-folder': { meaning: 'nothing can be written or found there', todo: 'make the folder first' },
  'usage/no-phase': {
    meaning: 'no phase was named',
    todo: 'name one that the policy declares under `phases:`',
  },
  'usage/no-policy': {
    meaning: 'no policy is named, and there is none in `policies/`',
    todo: 'name a policy file',
  },
  'usage/no-reason': { meaning: 'a rollback has no reason', todo: 'write `--reason TEXT`' },
  'usage/no-record': {
    meaning: 'no record was named',
    todo: 'name one that the policy declares under `records:`',
  },
  'usage/no-such-file': { meaning: 'the policy file does not exist', todo: 'correct the path' },
  'usage/one-policy': {
    meaning: 'the command takes one policy, and several were found',
    todo: 'name the policy',
  },
  'usage/output-without-format': {
    meaning: 'one of several outputs has no format',
    todo: 'write `--format NAME --output FILE` for each',
  },
  'usage/read-only': {
    meaning: 'a file that is to be changed is read-only',
    todo: 'make it writable first',
  },
  'usage/repeated-option': { meaning: 'an option is given twice', todo: 'give it once' },
  'usage/same-output': { meaning: 'two results go to one file', todo: 'give each a file of its own' },
  'usage/two-on-stdout': {
    meaning: 'two results go to standard output',
    todo: 'give each its own `--output FILE`',
  },
  'usage/unexpected-argument': {
    meaning: 'the command takes fewer arguments',
    todo: 'leave the argument out',
  },
  'usage/unexpected-value': { meaning: 'the option takes no value', todo: 'leave the value out' },
  'usage/unknown-action': {
    meaning: '`--on-fail` names nothing that `watch` can do',
    todo: 'write `--on-fail rollback`',
  },
  'usage/unknown-code': { meaning: 'there is no such code', todo: 'see the list of codes in the reference' },
  'usage/unknown-command': {
    meaning: 'there is no such command',
    todo: '`soakgate help` lists the commands',
  },
  'usage/unknown-decision': {
    meaning: '`--until` names no decision to wait for',
    todo: 'write `--until go` or `--until no-go`',
  },
  'usage/unknown-format': { meaning: 'the command has no such format', todo: 'its help lists the formats' },
  'usage/unknown-gate': {
    meaning: 'the policy can have no such gate',
    todo: 'write preflight, monitors, next, exit, all, entry:ID or monitors:ID',
  },
  'usage/unknown-input': {
    meaning: 'the policy declares no such input',
    todo: 'declare it under `inputs:`, or correct the name',
  },
  'usage/unknown-log': {
    meaning: 'no policy has such a log, view or streak rule',
    todo: 'correct the name; the hint lists those there are',
  },
  'usage/unknown-option': { meaning: 'the command has no such option', todo: 'its help lists the options' },
  'usage/unknown-record': {
    meaning: 'no policy declares such a record',
    todo: 'name one that stands under `records:`',
  },
  'usage/unknown-report': {
    meaning: 'the policy declares no such report',
    todo: 'declare it under `reports:`, or correct the name',
  },
  'usage/unknown-rule': {
    meaning: 'no policy has such a rule',
    todo: 'correct the id; `soakgate check` lists the rules',
  },
  'usage/unknown-schema': { meaning: 'there is no such schema', todo: 'its help lists the schemas' },
  'usage/unreadable': { meaning: 'the command line cannot be read', todo: 'see the help of the command' },
  'usage/unreadable-file': {
    meaning: 'the policy file cannot be read',
    todo: 'name a file of at most 64 kB that can be read',
  },
  'usage/windows-record': {
    meaning: 'rows cannot be kept for sure on Windows',
    todo: 'run soakgate inside WSL',
  },
  'usage/windows-run': { meaning: 'commands cannot be run on Windows', todo: 'run soakgate inside WSL' },
  'usage/windows-transition': {
    meaning: 'rows cannot be kept for sure on Windows',
    todo: 'run soakgate inside WSL',
  },
  'usage/write-env-alone': {
    meaning: '`--write-env` of `watch` is for the flags of a rollback, and none was asked for',
    todo: 'add `--on-fail rollback`',
  },
  'waiver/bad-name': {
    meaning: 'an id has a form that is not allowed, or the name of a person may look like another',
    todo: 'use lower-case letters, digits, `-` and `_` in ids, and letters of one script in names',
  },
  'waiver/bad-time': {
    meaning: 'a time is no date, or no RFC 3339 time with a zone',
    todo: 'write `2026-03-01` or `2026-03-01T00:00:00Z`',
  },
  'waiver/bad-value': {
    meaning: 'a value is not one of those that are allowed here',
    todo: 'write an allowed value',
  },
  'waiver/duplicate-id': { meaning: 'two waivers have one id', todo: 'rename one of them' },
  'waiver/duplicate-item': { meaning: 'an item stands in a list twice', todo: 'remove one of them' },
  'waiver/empty': { meaning: 'a name, a reason, a list or a text is empty', todo: 'fill it' },
  'waiver/missing-key': { meaning: 'a key that is required is missing', todo: 'add the key' },
  'waiver/never-valid': { meaning: 'the waiver ends before it begins', todo: 'correct `from` or `expires`' },
  'waiver/one-key': { meaning: 'a map that takes one key has several', todo: 'keep one of them' },
  'waiver/other-policy': {
    meaning: 'the waiver is for another policy',
    todo: 'correct `policy`, or move the file',
  },
  'waiver/self-approved': {
    meaning: 'owner and approver are one person',
    todo: 'let somebody else approve it',
  },
  'waiver/too-long': {
    meaning: 'the waiver is valid for more than 90 days, or a text is too long',
    todo: 'let it end sooner, and renew it if need be',
  },
  'waiver/too-many': { meaning: 'there are too many entries', todo: 'shorten the list' },
  'waiver/unknown-key': { meaning: 'a key is not known here', todo: 'correct or remove it' },
  'waiver/unknown-rule': { meaning: 'the policy has no such rule', todo: 'correct `rule`' },
  'waiver/unreadable': {
    meaning: 'a waiver file cannot be read',
    todo: 'give read permission; save it as UTF-8',
  },
  'waiver/wrong-type': {
    meaning: 'a value is of another type than is due',
    todo: 'correct the value; texts that look like numbers need quotes',
  },
  'yaml/alias': { meaning: 'an alias (`*name`) is used', todo: 'write the value out' },
  'yaml/anchor': { meaning: 'an anchor (`&name`) is used', todo: 'leave it out' },
  'yaml/directive': { meaning: 'a `%` directive is used', todo: 'leave it out' },
  'yaml/duplicate-key': { meaning: 'a key stands twice in one map', todo: 'keep one of them' },
  'yaml/empty': { meaning: 'the file is empty', todo: 'write a policy or a waiver' },
  'yaml/empty-key': { meaning: 'a key is empty', todo: 'write a name before the `:`' },
  'yaml/encoding': { meaning: 'the file is not UTF-8 text', todo: 'save it as UTF-8' },
  'yaml/explicit-key': { meaning: 'a key is written with `?`', todo: 'write `key: value`' },
  'yaml/forbidden-key': {
    meaning: 'a key has a name that is not allowed, such as `__proto__`',
    todo: 'choose another name',
  },
  'yaml/key': { meaning: 'a key cannot be read', todo: 'write key, `:` and a space in one line' },
  'yaml/kind': {
    meaning: 'a file to be laid out is neither a policy nor a waiver',
    todo: 'name a policy or a waiver',
  },
  'yaml/not-text': { meaning: 'the file holds characters that are no text', todo: 'remove them' },
  'yaml/number': {
    meaning: 'a value looks like a number, and not everybody reads it as the same one',
    todo: 'write it in quotes, or as a plain decimal number',
  },
  'yaml/second-document': { meaning: 'the file holds a second document', todo: 'keep one document a file' },
  'yaml/syntax': { meaning: 'the file is no YAML', todo: 'mend the place that the message names' },
  'yaml/tag': { meaning: 'a tag (`!name`) is used', todo: 'leave it out' },
  'yaml/too-deep': { meaning: 'the file is nested too deeply', todo: 'make it flatter' },
  'yaml/too-large': { meaning: 'the file is larger than 64 kB', todo: 'split it' },
};
