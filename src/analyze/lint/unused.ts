import { compileLogic } from '../../logic/compile.ts';
import { isObject, type Json } from '../../model/json.ts';
import { pointTo } from '../../model/pointer.ts';
import type { Check, LogRef, Policy } from '../../model/policy.ts';
import { inputName } from '../../parse/policy/inputs.ts';
import type { Finding, Lint } from './lint.ts';
import { everyCheck, placedRules } from './rules.ts';

const evidence = (rest: string) => `evidence:
  flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] } } } }
  repo: { git: {} }
preflight:
  - id: mode-set
    title: The mode is set
    expect: { flags.MODE: set${rest} }
`;

export const unusedEvidence: Lint = {
  severity: 'warning',
  summary:
    'evidence is collected that no rule, pin or record reads: a rule was forgotten, or the evidence can go',
  fix: 'write the rule that reads it, or remove it',
  example: evidence(''),
  mended: evidence(', repo.branch: main'),
  judge({ policy }) {
    const read = new Set([...pathsRead(policy)].map((path) => path.split('.', 1)[0]));
    return Object.keys(policy.evidence).flatMap((id): readonly Finding[] =>
      read.has(id)
        ? []
        : [{ message: `nothing reads \`${id}\``, pointer: pointTo('/evidence', id), atKey: true }],
    );
  },
};

const view = (of: string) => `evidence:
  smoke:
    log:
      path: docs/smoke-{yyyy}.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { Result: { enum: [pass, fail, not-run] } }
      views: { strict: { in: [{ var: Result }, [pass, fail]] } }
preflight:
  - id: seven-days
    title: Seven strict days
    streak: { of: ${of}, per: day, atLeast: 7 }
`;

export const unusedView: Lint = {
  severity: 'warning',
  summary: 'a view of a log is declared and not read: a rule that was meant for it reads all rows',
  fix: 'read it (`of: LOG.VIEW`), or remove it',
  example: view('smoke'),
  mended: view('smoke.strict'),
  judge({ policy }) {
    const read = pathsRead(policy);
    return Object.entries(policy.evidence).flatMap(([id, spec]) =>
      (spec.kind === 'log' ? Object.keys(spec.views) : []).flatMap((name): readonly Finding[] => {
        if (read.has(`${id}.${name}`)) return [];
        const pointer = pointTo('/evidence', id, 'log', 'views', name);
        return [{ message: `nothing reads the view \`${id}.${name}\``, pointer, atKey: true }];
      }),
    );
  },
};

export const unusedInput: Lint = {
  severity: 'warning',
  summary: 'an input is declared and used nowhere: whoever sets it by `--input` changes nothing',
  fix: 'write `{ input: NAME }` where it is meant, or remove it',
  example: `inputs:
  branch: { type: string, default: main }
preflight:
  - id: on-branch
    title: The branch is checked out
    expect: { repo.branch: main }
`,
  mended: `inputs:
  branch: { type: string, default: main }
preflight:
  - id: on-branch
    title: The branch is checked out
    expect: { repo.branch: { input: branch } }
`,
  judge({ policy, document }) {
    const used = new Set<string>();
    collectInputs(isObject(document) ? { ...document, inputs: null } : document, used);
    return policy.inputs.flatMap(({ name }): readonly Finding[] =>
      used.has(name)
        ? []
        : [{ message: `nothing uses the input \`${name}\``, pointer: pointTo('/inputs', name), atKey: true }],
    );
  },
};

function collectInputs(value: Json, used: Set<string>): void {
  const name = inputName(value);
  if (name !== undefined) used.add(name);
  else if (isObject(value)) for (const item of Object.values(value)) collectInputs(item, used);
  else if (Array.isArray(value)) for (const item of value as readonly Json[]) collectInputs(item, used);
}

/** Every evidence path that something in the policy reads; views as `LOG.VIEW`. */
function pathsRead(policy: Policy): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { rule, pointer } of placedRules(policy)) {
    if (rule.when !== undefined) addLogic(paths, rule.when);
    for (const { check } of everyCheck(rule.check, pointer)) addCheck(paths, check);
  }
  for (const phase of policy.phases ?? []) for (const path of Object.keys(phase.pins)) paths.add(path);
  for (const { log, checks, cells } of Object.values(policy.records))
    for (const path of [log, ...checks, ...Object.values(cells)]) paths.add(path);
  return paths;
}

function addCheck(paths: Set<string>, check: Check): void {
  switch (check.kind) {
    case 'expect':
      for (const path of Object.keys(check.paths)) paths.add(path);
      return;
    case 'assert':
      addLogic(paths, check.logic);
      return;
    case 'quiet':
      paths.add(refPath(check.of)).add(refPath(check.heartbeat));
      return;
    case 'streak':
    case 'soak':
      paths.add(refPath(check.of));
      return;
    case 'passes':
    case 'metric':
    case 'document':
      paths.add(check.of);
      return;
    case 'all':
    case 'any':
    case 'not':
      return;
  }
}

function refPath({ log, view: name }: LogRef): string {
  return name === undefined ? log : `${log}.${name}`;
}

function addLogic(paths: Set<string>, logic: Json): void {
  const result = compileLogic(logic, { allowEmpty: true, mode: 'policy' });
  // INVARIANT: what loads compiles.
  if (result.ok) for (const path of result.compiled.reads) paths.add(path);
}
