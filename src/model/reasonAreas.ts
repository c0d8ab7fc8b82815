import type { ReasonCode } from './reasons.ts';

/** What stands before the dot of a reason code. */
type Area = ReasonCode extends infer Code ? (Code extends `${infer Head}.${string}` ? Head : Code) : never;

/** Who gives the codes of an area: the checks, the evidence or the parts of the evaluator. Complete by its type. */
export const reasonAreas: { readonly [A in Area]: string } = {
  assert: 'the check `assert`',
  collector: 'evidence of a kind that this version cannot collect, and every rule that reads it',
  command: '`command` evidence, and every rule that reads it, above all the check `passes`',
  composite: 'the checks `all`, `any` and `not`',
  document: 'the check `document`, and rules that read `fields` or `sections` of a document',
  dotenv: '`dotenv` evidence and `--env-file`, as findings',
  env: '`env` and `dotenv` evidence, and every rule that reads such a variable',
  evidence: 'evidence of every kind, and every rule that reads it',
  expect: 'the check `expect`',
  file: 'evidence that is read from files (`dotenv`, `log`, `document`, `file`, test results), and every rule that reads it',
  git: '`git` evidence, and evidence with `bind: commit` or `branch`',
  log: '`log` evidence, as findings; the checks `streak`, `soak` and `quiet`, and rules that read rows',
  logic: 'JSON Logic: the check `assert`, `when`, and the predicates over rows',
  metric: 'the check `metric`',
  'not-applicable': 'every rule with `when`',
  phase:
    'the built-in rules `phase-drift`, `phase-deadline`, `freeze` and `last-phase-in-force`, and findings in the transition log',
  quiet: 'the check `quiet`',
  samples: '`prometheus`, `http` and `metrics-text` evidence, and every rule that reads it',
  server:
    '`prometheus`, `http` and `metrics-text` evidence that is asked of a server, and every rule that reads it',
  soak: 'the check `soak`',
  streak: 'the check `streak`',
  tests: 'the check `passes` over a command with `results`, or over a test-result file',
  transition: 'the transition log, as findings',
  waiver: 'waivers, as findings',
};
