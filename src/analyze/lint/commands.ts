import { pointTo } from '../../model/pointer.ts';
import type { CommandSpec, EvidenceSpec, Policy } from '../../model/policy.ts';
import type { Finding, Lint } from './lint.ts';
import { everyCheck, placedRules } from './rules.ts';

const tests = (rest: string, more = '') => `evidence:
  tests:
    command: { run: [npm, test]${rest} }
${more}preflight:
  - id: tests-green
    title: The tests are green
    passes: tests
`;
const results = ', results: { junit: reports/unit.xml }';
const protects = ', protects: [package.json]';
const fresh = '    bind: commit\n    maxAge: 24h\n';

type Command = { id: string; spec: EvidenceSpec & CommandSpec; pointer: string };

function commandsOf(policy: Policy): readonly Command[] {
  return Object.entries(policy.evidence).flatMap(([id, spec]) =>
    spec.kind === 'command' ? [{ id, spec, pointer: pointTo('/evidence', id) }] : [],
  );
}

/** Each `passes` over a command, with the pointer to it. */
function passesOf(policy: Policy): readonly { of: string; spec: EvidenceSpec; pointer: string }[] {
  return placedRules(policy).flatMap(({ rule, pointer: holder }) =>
    everyCheck(rule.check, holder).flatMap(({ check, pointer }) => {
      const spec = check.kind === 'passes' ? policy.evidence[check.of] : undefined;
      return check.kind === 'passes' && spec ? [{ of: check.of, spec, pointer }] : [];
    }),
  );
}

/** Programs that run whatever a script of a file of the repository says, and the file where it has a fixed name. */
const runners: ReadonlyMap<string, string | undefined> = new Map([
  ...['npm', 'pnpm', 'yarn', 'npx', 'bun', 'bunx'].map((name): [string, string] => [name, 'package.json']),
  ...['make', 'just', 'task', 'gradle', 'mvn', 'rake', 'tox', 'nox'].map((name): [string, undefined] => [
    name,
    undefined,
  ]),
]);

/** Programs whose first argument may be a file of the repository. */
const interpreters: readonly string[] = [
  ...['sh', 'bash', 'zsh', 'dash', 'node', 'deno', 'tsx', 'python', 'python3', 'ruby', 'perl', 'php'],
];

/** What of a command comes from files of the change: the words that say so, and the file if it can be told. */
function scriptOf({ run, cwd }: CommandSpec): { word: string; file?: string } | undefined {
  const [program = '', ...args] = run;
  const inside = (file: string) => ({
    word: program,
    file:
      cwd === undefined || cwd === '.' ? file.replace(/^\.\//, '') : `${cwd}/${file.replace(/^\.\//, '')}`,
  });
  if (runners.has(program)) {
    const file = runners.get(program);
    return file === undefined ? { word: program } : inside(file);
  }
  if (interpreters.includes(program)) {
    const [file] = args;
    return file !== undefined && /^[^-/][^:]*[./][^:]*$/.test(file) && !file.includes('..')
      ? inside(file)
      : undefined;
  }
  const relative = program.includes('/') && !program.startsWith('/') && !program.includes('..');
  return relative ? inside(program) : undefined;
}

export const unprotectedScript: Lint = {
  severity: 'warning',
  summary:
    'a command runs what a file of the repository says, and protects none: whoever changes the file changes what "green" means',
  fix: 'add `protects: [package.json]`, or the files that hold the script',
  example: tests(results, fresh),
  mended: tests(results + protects, fresh),
  judge({ policy }) {
    return commandsOf(policy).flatMap(({ spec, pointer: holder }): readonly Finding[] => {
      const script = spec.protects.length > 0 ? undefined : scriptOf(spec);
      if (!script) return [];
      const pointer = `${holder}/command`;
      const message = `\`${script.word}\` runs what files of the change say, and the command names none under \`protects\``;
      const found = { message, pointer: `${pointer}/run`, atKey: true };
      if (script.file === undefined)
        return [{ ...found, hint: 'add `protects:` with the files that hold the script' }];
      const value = `[${/^[\w][\w./-]*$/.test(script.file) ? script.file : JSON.stringify(script.file)}]`;
      return [{ ...found, hint: `add \`protects: ${value}\``, fix: { pointer, key: 'protects', value } }];
    });
  },
};

export const commandWithoutMaxAge: Lint = {
  severity: 'warning',
  summary:
    'a command has no `maxAge`, so nobody decided how long its result may be carried from one run to another',
  fix: 'add `maxAge: 24h`, or what the result is good for',
  example: tests(results + protects, '    bind: commit\n'),
  mended: tests(results + protects, fresh),
  judge({ policy }) {
    return commandsOf(policy).flatMap(({ id, spec, pointer }): readonly Finding[] => {
      if (spec.maxAge !== undefined) return [];
      const message = `\`${id}\` says not how old its result may be`;
      // A day is what an imported result has without it (semantics section 9), so nothing is loosened.
      return [{ message, pointer, atKey: true, fix: { pointer, key: 'maxAge', value: '24h' } }];
    });
  },
};

export const unboundCommand: Lint = {
  severity: 'warning',
  summary: 'a rule asks whether a command passed, and the result may be that of another commit',
  fix: 'add `bind: commit` to the evidence',
  example: tests(results + protects, '    maxAge: 24h\n'),
  mended: tests(results + protects, fresh),
  judge({ policy }) {
    const asked = new Set(passesOf(policy).map(({ of }) => of));
    return commandsOf(policy).flatMap(({ id, spec, pointer }): readonly Finding[] => {
      if (spec.bind !== undefined || !asked.has(id)) return [];
      const message = `\`${id}\` counts for any commit, and a rule asks whether it passed`;
      return [{ message, pointer, atKey: true, fix: { pointer, key: 'bind', value: 'commit' } }];
    });
  },
};

export const testsUnseen: Lint = {
  severity: 'warning',
  summary:
    'a rule asks whether a test command passed, and its results are not read: a run without any test would pass',
  fix: 'add `results: { junit: … }` to the command',
  example: tests(protects, fresh),
  mended: tests(results + protects, fresh),
  judge({ policy }) {
    return passesOf(policy).flatMap(({ of, spec, pointer }): readonly Finding[] => {
      if (spec.kind !== 'command' || spec.results || !spec.run.some((word) => /\btests?\b/.test(word)))
        return [];
      return [{ message: `\`${of}\` names no \`results\`, so a run without any test would pass`, pointer }];
    });
  },
};

export const unboundResults: Lint = {
  severity: 'warning',
  summary:
    'a result file that no command of the policy writes is bound to the commit, which it does not name, so it is always unknown',
  fix: 'write it by a `command` with `results:`',
  example: `evidence:
  tests:
    junit: { path: reports/unit.xml }
    bind: commit
preflight:
  - id: tests-green
    title: The tests are green
    passes: tests
`,
  mended: tests(results + protects, fresh),
  judge({ policy }) {
    return Object.entries(policy.evidence).flatMap(([id, spec]): readonly Finding[] => {
      const file = spec.kind === 'junit' || spec.kind === 'ctrf' || spec.kind === 'sarif';
      if (!file || spec.bind !== 'commit') return [];
      const message =
        'a result file that no command of the policy writes does not say its commit, so it is unknown';
      return [{ message, pointer: pointTo('/evidence', id, 'bind') }];
    });
  },
};
