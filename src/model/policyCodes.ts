import type { Reason } from './reasons.ts';

/** Codes of mistakes in a policy that its form or its parts held against each other show. */
export const policyCodes: Readonly<Record<string, Reason>> = {
  'policy/bad-input': {
    meaning: 'an input is declared in a way that no value can satisfy',
    todo: 'correct type, default or bounds',
  },
  'policy/bad-name': {
    meaning: 'an id or a name has a form that is not allowed',
    todo: 'use lower-case letters, digits, `-` and `_`',
  },
  'policy/bad-path': {
    meaning: 'a path leaves the root or has a form that is not allowed',
    todo: 'write it relative to the root, with `/`',
  },
  'policy/bad-value': {
    meaning: 'a value is not one of those that are allowed here',
    todo: 'write an allowed value',
  },
  'policy/duplicate-id': { meaning: 'two rules or two phases have one id', todo: 'rename one of them' },
  'policy/duplicate-item': { meaning: 'an item stands in a list twice', todo: 'remove one of them' },
  'policy/empty': { meaning: 'a list, a map or a text is empty', todo: 'fill it, or leave the key out' },
  'policy/evidence-kind': {
    meaning: 'a piece of evidence has no kind, or several',
    todo: 'write exactly one kind',
  },
  'policy/hidden-value': {
    meaning: 'a rule looks at a value that is kept secret',
    todo: 'use `set` or `format`, or declare `oneOf` or `show: true`',
  },
  'policy/ill-typed': {
    meaning: 'a value is compared with something of another type',
    todo: 'compare like with like, or declare the type',
  },
  'policy/missing-cell': {
    meaning: 'a record leaves a column of its log out',
    todo: 'say what is written there',
  },
  'policy/missing-key': { meaning: 'a key that is required is missing', todo: 'add the key' },
  'policy/never-passes': { meaning: 'the rule could never pass', todo: 'correct the bound or the log' },
  'policy/no-error-rule': {
    meaning: 'a gate or an entry has no rule of severity `error`, so it could not be go',
    todo: 'add an `error` rule',
  },
  'policy/no-rules': {
    meaning: 'the policy has no rules',
    todo: 'add `preflight`, `monitors`, `phases` or `exit`',
  },
  'policy/not-boolean': {
    meaning: 'an expression is neither true nor false',
    todo: 'compare it with something',
  },
  'policy/not-built': {
    meaning: 'this version has no such check or evidence',
    todo: 'use another one, or a newer version',
  },
  'policy/not-over-time': {
    meaning: '`not` stands over a check that needs time',
    todo: 'say it without `not`',
  },
  'policy/one-bound': {
    meaning: 'a metric has no bound, or two',
    todo: 'write one of `atMost` and `atLeast`',
  },
  'policy/one-check': {
    meaning: 'a rule or a part has no check, or several',
    todo: 'write exactly one check',
  },
  'policy/one-key': { meaning: 'a map that takes one key has several', todo: 'keep one of them' },
  'policy/reserved-id': { meaning: 'the id has a meaning of its own', todo: 'choose another id' },
  'policy/same-pins': { meaning: 'two phases cannot be told apart by their pins', todo: 'let a flag differ' },
  'policy/secret-shown': {
    meaning: 'a variable is declared as secret and as shown',
    todo: 'keep one of the two',
  },
  'policy/too-long': { meaning: 'a text or a list is too long', todo: 'shorten it' },
  'policy/too-many': { meaning: 'there are too many entries', todo: 'split it' },
  'policy/unknown-column': {
    meaning: 'the log declares no column of that name',
    todo: 'declare the column, or correct the name',
  },
  'policy/unknown-evidence': {
    meaning: 'a rule reads evidence that nothing declares',
    todo: 'declare it under `evidence:`, or correct the id',
  },
  'policy/unknown-input': {
    meaning: 'no input of that name is declared',
    todo: 'declare it under `inputs:`, or correct the name',
  },
  'policy/unknown-key': { meaning: 'a key is not known here', todo: 'correct or remove it' },
  'policy/unknown-path': { meaning: 'the evidence has no such path', todo: 'correct the path' },
  'policy/unknown-phase': { meaning: 'no phase has that id', todo: 'correct the id' },
  'policy/unknown-pin': { meaning: 'no phase pins that path', todo: 'correct the path' },
  'policy/unknown-view': { meaning: 'the log has no view of that name', todo: 'declare it under `views:`' },
  'policy/unknown-zone': {
    meaning: 'the time zone is not known',
    todo: 'write an IANA name such as `Europe/Berlin`',
  },
  'policy/vector-zero': {
    meaning: 'a query answers zero where nobody measured',
    todo: 'prove zero by a live scrape',
  },
  'policy/wrong-kind': {
    meaning: 'the evidence is of another kind than is due',
    todo: 'name evidence of the right kind',
  },
  'policy/wrong-type': {
    meaning: 'a value is of another type than is due',
    todo: 'correct the value; texts that look like numbers need quotes',
  },
};
