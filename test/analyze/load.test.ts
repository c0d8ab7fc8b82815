import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import type { Problem } from '../../src/model/problem.ts';
import { basePolicy, edited } from './base.ts';
import { type Mistake, mistakes } from './mistakes.ts';

const options = { path: 'policies/p.yaml', digest: () => `sha256:${'0'.repeat(64)}` };

type Loaded = ReturnType<typeof loadPolicy>;
const seen = new Map<string, Loaded>();

/** Each text is loaded once: the tests below look at the same ones from several sides. */
function loadOnce(text: string): Loaded {
  const result = seen.get(text) ?? loadPolicy(text, options);
  seen.set(text, result);
  return result;
}

function problemsOf(text: string): readonly Problem[] {
  const result = loadOnce(text);
  return result.ok ? [] : result.problems;
}

/** Text, caret, message and hint as a terminal would show them. */
function shown({ severity, code, at, message, excerpt, hint }: Problem): string {
  const mark =
    excerpt && `  ${excerpt.text}\n  ${' '.repeat(excerpt.column - 1)}${'^'.repeat(excerpt.length)}`;
  const head = `${at?.path}:${at?.line}:${at?.column} ${severity ? `${severity} ` : ''}${code}: ${message}`;
  return [head, mark, hint && `  hint: ${hint}`].filter((line) => line !== undefined).join('\n');
}

describe('the base policy', () => {
  test('loads without any problem', () => {
    expect(problemsOf(basePolicy)).toEqual([]);
    expect(loadPolicy(basePolicy, options).ok).toBe(true);
  });

  test('loads to the same model with CRLF and BOM', () => {
    const plain = loadPolicy(basePolicy, options);
    const odd = loadPolicy(`\uFEFF${basePolicy.replaceAll('\n', '\r\n')}`, options);
    expect(odd.ok && odd.value.policy).toEqual(plain.ok && plain.value.policy);
  });

  test('every place is in the file, and of each rule it is where its id stands', () => {
    const result = loadPolicy(basePolicy, options);
    const policy = result.ok ? result.value.policy : undefined;
    const lines = basePolicy.split('\n');
    const rules = [...(policy?.preflight ?? []), ...(policy?.exit ?? [])];
    for (const phase of policy?.phases ?? []) rules.push(...(phase.entry ?? []), ...(phase.monitors ?? []));
    expect(rules.length).toBe(9);
    for (const { id, at } of rules) expect(lines[at.line - 1]?.slice(at.column - 1)).toBe(`id: ${id}`);
  });
});

describe('mistakes', () => {
  test.each(mistakes.map((mistake): [string, Mistake] => [mistake.replacement, mistake]))(
    '%j',
    (_, mistake) => {
      const found = problemsOf(edited(mistake.find, mistake.replacement));
      const told = found.map(
        (p) => `${p.severity ? `${p.severity} ` : ''}${p.code} ${p.at?.line}:${p.at?.column}`,
      );
      expect(told).toEqual(mistake.problems);
      // Errors refuse the policy; warnings and notes alone do not.
      const errors = found.some((problem) => problem.severity === undefined);
      expect(loadOnce(edited(mistake.find, mistake.replacement)).ok).toBe(!errors);
    },
  );

  test('are told as written in mistakes.golden.txt', async () => {
    const blocks = mistakes.map(({ find, replacement }) =>
      problemsOf(edited(find, replacement)).map(shown).join('\n'),
    );
    await expect(`${blocks.join('\n\n')}\n`).toMatchFileSnapshot('mistakes.golden.txt');
  });

  test('each has a place, an excerpt whose mark lies in its line, and a message in lower case without a full stop', () => {
    for (const { find, replacement } of mistakes) {
      for (const { at, excerpt, message } of problemsOf(edited(find, replacement))) {
        expect(at && excerpt).toBeDefined();
        if (!excerpt) continue;
        expect(excerpt.column - 1 + excerpt.length).toBeLessThanOrEqual(Math.max(1, excerpt.text.length + 1));
        expect(message).not.toMatch(/^[A-Z]|\.$/);
      }
    }
  });

  test('of a file are all told in one go, in the order of the file', () => {
    const text = basePolicy
      .replace('timezone: Europe/Berlin', 'timezne: UTC')
      .replace('timeout: 20m', 'timeout: 20')
      .replace('    severity: warning', '    severity: minor')
      .replace('format: markdown', 'format: markdwn');
    expect(problemsOf(text).map((problem) => problem.at?.line)).toEqual([11, 31, 117, 152]);
    const wrong = basePolicy
      .replaceAll('flags.ENGINE', 'flags.ENGNE')
      .replace('passes: tests', 'passes: nothing');
    const lines = problemsOf(wrong).map((problem) => problem.at?.line ?? 0);
    expect(lines.length).toBeGreaterThan(4);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });
});

describe('inputs', () => {
  const load = (inputs: Record<string, string>) => loadPolicy(basePolicy, { ...options, inputs });

  test('take the place of every scalar that names them', () => {
    const result = load({ soak: '36h', attempts: '5', branch: 'release' });
    const policy = result.ok ? result.value.policy : undefined;
    const [soak] = policy?.phases?.[1]?.entry ?? [];
    expect(soak?.check).toMatchObject({ kind: 'soak', for: 36 * 3_600_000 });
    expect(policy?.preflight?.[0]?.check).toMatchObject({
      paths: { 'flags.RETRIES': { is: 'between', low: 1, high: 5 } },
    });
    expect(policy?.preflight?.[2]?.check).toMatchObject({
      paths: { 'repo.branch': { is: 'equals', value: 'release' } },
    });
    expect(policy?.inputs.find((input) => input.name === 'soak')).toEqual({
      name: 'soak',
      type: 'duration',
      value: '36h',
      origin: 'option',
    });
  });

  test('stand in logic before it is compiled', () => {
    const text = edited(
      "{ '<': [{ var: audit.json.open }, 3] }",
      "{ '<': [{ var: audit.json.open }, { input: attempts }] }",
    );
    const result = loadPolicy(text, options);
    expect(result.ok && JSON.stringify(result.value.policy.preflight?.[3]?.check)).toContain(
      '"audit.json.open"},3]',
    );
  });

  test.each([
    [{ soak: '6h' }, 'usage/input-value'],
    [{ soak: '30d' }, 'usage/input-value'],
    [{ soak: 'a day' }, 'usage/input-value'],
    [{ soak: '24' }, 'usage/input-value'],
    [{ attempts: '10' }, 'usage/input-value'],
    [{ attempts: '1e1' }, 'usage/input-value'],
    [{ attempts: '0x5' }, 'usage/input-value'],
    [{ strict: 'yes' }, 'usage/input-value'],
    [{ branch: 'other' }, 'usage/input-value'],
    [{ branch: '' }, 'usage/input-value'],
    [{ sok: '24h' }, 'usage/unknown-input'],
    [{ constructor: 'x' }, 'usage/unknown-input'],
  ])('%j is refused as %s', (inputs, code) => {
    const result = load(inputs);
    expect(result.ok ? [] : result.problems.map((problem) => problem.code)).toEqual([code]);
  });

  test('without a default must be given', () => {
    const text = edited('default: 24h, minimum: 12h', 'minimum: 12h');
    const result = loadPolicy(text, options);
    expect(result.ok ? [] : result.problems.map((problem) => problem.code)).toEqual(['usage/missing-input']);
    expect(loadPolicy(text, { ...options, inputs: { soak: '24h' } }).ok).toBe(true);
  });
});

describe('gates', () => {
  const head = `apiVersion: soakgate/v1
kind: Policy
metadata: { name: p, title: P, version: '1', owner: o }
evidence: { flags: { env: { variables: { MODE: { oneOf: [a, b] } } } } }
`;
  const rule = (id: string, severity = 'error') =>
    `{ id: ${id}, title: T, severity: ${severity}, expect: { flags.MODE: set } }`;
  const phases = (first: string, second: string) => `transitions: { path: t.md }
phases:
  - { id: one, pins: { flags.MODE: a }${first} }
  - { id: two, pins: { flags.MODE: b }, entry: [${rule('e')}]${second} }
`;
  const codes = (text: string) => problemsOf(head + text).map(({ code, at }) => `${code} ${at?.line}`);

  test.each<[string, ...string[]]>([
    ['', 'policy/no-rules 1'],
    [`preflight: [${rule('a')}, ${rule('b', 'note')}]`],
    [`preflight: [${rule('a', 'warning')}]`, 'policy/no-error-rule 5'],
    [`exit: [${rule('a', 'note')}]`, 'policy/no-error-rule 5'],
    [`monitors: [${rule('a', 'note')}]`, 'policy/no-error-rule 5'],
    // The policy's monitors and those of a phase are one gate.
    [`monitors: [${rule('a')}]\n${phases('', `, monitors: [${rule('m', 'note')}]`)}`],
    [
      `monitors: [${rule('a', 'note')}]\n${phases('', `, monitors: [${rule('m')}]`)}`,
      'policy/no-error-rule 5',
    ],
    [
      `monitors: [${rule('a', 'note')}]\n${phases(`, monitors: [${rule('n')}]`, `, monitors: [${rule('m')}]`)}`,
    ],
    [phases('', `, monitors: [${rule('m', 'note')}]`), 'policy/no-error-rule 8'],
  ])('%j', (text, ...problems) => {
    expect(codes(text)).toEqual(problems);
  });
});
