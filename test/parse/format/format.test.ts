import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatYaml } from '../../../src/parse/format/format.ts';
import { loadYaml } from '../../../src/parse/yaml/load.ts';
import { basePolicy } from '../../analyze/base.ts';

function format(text: string): string {
  const result = formatYaml(text, 'p.yaml');
  if (!result.ok)
    throw new Error(
      `${result.problems.map(({ message, at }) => `${at?.line}:${at?.column} ${message}`).join('; ')}\n${text}`,
    );
  return result.value;
}

function valueOf(text: string): unknown {
  const loaded = loadYaml(text, 'p.yaml', { bytes: 1024 * 1024 });
  if (!loaded.ok) throw new Error(`${loaded.problems[0]?.message}\n${text}`);
  return loaded.value.value;
}

const shipped = readFileSync('policies/production-hardening.yaml', 'utf8');

test('the shipped policy is as it would be laid out', () => {
  expect(format(shipped)).toBe(shipped);
});

test('so is every policy and waiver in the documents', () => {
  const pages = ['README.md', ...readdirSync('docs/guide').map((name) => `docs/guide/${name}`)];
  const blocks = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/^```yaml.*\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block),
  );
  const whole = blocks.filter((block) => /^kind: (?:Policy|Waiver)$/m.test(block));
  expect(whole.length).toBeGreaterThan(1);
  for (const block of whole) expect(format(block)).toBe(block);
});

describe('layout', () => {
  const p = (text: string) => `kind: Policy\n${text}`;
  test.each<[string, string, string]>([
    [
      'keys in the order of the schema',
      'timezone: UTC\nkind: Policy\napiVersion: soakgate/v1\n',
      'apiVersion: soakgate/v1\nkind: Policy\ntimezone: UTC\n',
    ],
    ['unknown keys last, as they stand', p('zz: 1\nexit: []\naa: 2\n'), p('exit: []\nzz: 1\naa: 2\n')],
    [
      'names of people keep their order',
      p('evidence:\n  b: { git: {} }\n  a: { git: {} }\n'),
      p('evidence:\n  b: { git: {} }\n  a: { git: {} }\n'),
    ],
    [
      'a comment goes with what it stands above',
      p('preflight:\n  # of title\n  - title: T\n    # of id\n    id: i\n'),
      p('preflight:\n  # of title\n  # of id\n  - id: i\n    title: T\n'),
    ],
    [
      'and with what it stands behind',
      p('preflight:\n  - title: T # t\n    id: i # i\n'),
      p('preflight:\n  - id: i # i\n    title: T # t\n'),
    ],
    ['behind a dash', p('preflight:\n  - # dash\n    id: i\n'), p('preflight:\n  # dash\n  - id: i\n')],
    [
      'at the end of a list',
      p('preflight:\n  - id: i\n    title: T\n    # end of rule\n  # end of list\nexit: []\n'),
      p('preflight:\n  - id: i\n    title: T\n    # end of rule\n  # end of list\nexit: []\n'),
    ],
    ['between key and value', p('waivers:\n  # which\n  here\n'), p('# which\nwaivers: here\n')],
    ['behind the key of a map', p('evidence: # all\n  a: 1\n'), p('evidence: # all\n  a: 1\n')],
    [
      'at the top',
      '# editor\n\n# of kind\nkind: Policy\napiVersion: v\n',
      '# editor\n\napiVersion: v\n# of kind\nkind: Policy\n',
    ],
    [
      'a line for editors stays at the top',
      '# yaml-language-server: x\nkind: Policy\napiVersion: v\n',
      '# yaml-language-server: x\napiVersion: v\nkind: Policy\n',
    ],
    ['at the very end', p('exit: [] # e\n# end\n\n\n# of file'), p('exit: [] # e\n# end\n\n# of file\n')],
    [
      'brackets that hold a comment are opened',
      p('exit: [{ id: a }, # one\n  # two\n  { id: b } ]  # all\n'),
      p('exit: # all\n  - id: a # one\n  # two\n  - { id: b }\n').replace(
        '- id: a # one',
        '- { id: a } # one',
      ),
    ],
    ['empty brackets that hold a comment', p('exit: [ # none\n  # yet\n]\n'), p('# yet\nexit: [] # none\n')],
    [
      'brackets too long for a line',
      p(`exit: [${'word, '.repeat(40)}end]\n`),
      p(`exit:\n${'  - word\n'.repeat(40)}  - end\n`),
    ],
    [
      'indentation',
      p('exit:\n- id: a\n  all:\n      - passes: b\n'),
      p('exit:\n  - id: a\n    all:\n      - passes: b\n'),
    ],
    ['blanks in brackets', p('exit: [ {id: a,title:   b} , ]\n'), p('exit: [{ id: a, title: b }]\n')],
    [
      'lists in lists',
      p('exit:\n  - - a\n    - # x\n      - b\n'),
      p('exit:\n  - - a\n    # x\n    - - b\n'),
    ],
    [
      'one empty line at most, none at the beginning',
      p('\n\n\nexit:\n\n  - id: a\n\n\n  - id: b\n\n'),
      p('\nexit:\n  - id: a\n\n  - id: b\n'),
    ],
    [
      'single quotes, and none where nobody needs them',
      p('waivers: "a b"\nreports: "1"\nrecords: "it\'s: #"\nexit: \'yes\'\n'),
      p("exit: 'yes'\nrecords: 'it''s: #'\nreports: '1'\nwaivers: a b\n"),
    ],
    [
      'double quotes where single ones cannot say it',
      p('waivers: "a\\tb\\u0007"\n'),
      p('waivers: "a\\tb\\u0007"\n'),
    ],
    [
      'texts over lines',
      p('waivers: a b\n  c\nreports: "x\n\n  y"\n'),
      p('reports: "x\\ny"\nwaivers: a b c\n'),
    ],
    [
      'block texts keep their lines',
      p('waivers: >-  # why\n      a\n\n        b\n      c\nreports: |\n  x\n\n'),
      p('reports: |\n  x\n\nwaivers: >- # why\n  a\n\n    b\n  c\n').replace('x\n\nwaivers', 'x\nwaivers'),
    ],
    [
      'odd block texts are quoted',
      p('waivers: |+\n  a\n\nreports: |2\n    a\n'),
      p('\nreports: "  a\\n"\nwaivers: "a\\n\\n"\n'),
    ],
    ['nothing is null', p('waivers:\nexit: [~, null, ]\n'), p('exit: [null, null]\nwaivers: null\n')],
    [
      'a map in brackets as the whole file',
      '{ # a\n  exit: [], kind: Policy }\n',
      'kind: Policy\n# a\nexit: []\n',
    ],
  ])('%s', (_, text, expected) => {
    expect(format(text)).toBe(expected);
    expect(format(expected)).toBe(expected);
  });

  test('line ends stay, the byte order mark goes', () => {
    expect(format('\uFEFFkind: Policy # k\r\nexit: []\r\n')).toBe('kind: Policy # k\r\nexit: []\r\n');
  });

  test('waivers too', () => {
    expect(format('kind: Waiver\nid: w\n# why\nreason: R\napiVersion: soakgate/v1\n')).toBe(
      'apiVersion: soakgate/v1\nkind: Waiver\nid: w\n# why\nreason: R\n',
    );
  });

  test.each(['', 'a: [', 'kind: Other\n', 'a: 1\na: 2\n', '- kind: Policy\n', 'kind: Policy\nb: *x\n'])(
    '%j is refused',
    (text) => {
      expect(formatYaml(text, 'p.yaml').ok).toBe(false);
    },
  );
});

/** Comments, in any order. */
const commentsIn = (text: string): readonly string[] =>
  [...text.matchAll(/#c\d+/g)].map(([found]) => found).sort();

/** A text of lines with comments and empty lines put anywhere between and behind them. */
function withNoise(text: string, seed: readonly number[]): string {
  let count = 0;
  const lines = text.split('\n').slice(0, -1);
  return lines
    .flatMap((line, index) => {
      const roll = seed[index % seed.length] ?? 0;
      const noise: string[] = [];
      const indent = ' '.repeat((roll >> 4) % 12);
      if (roll % 5 === 0) noise.push('');
      if (roll % 3 === 0) noise.push(`${indent}#c${count++} above`);
      if (roll % 7 === 0) noise.push('', '', `${indent}  #c${count++} more`);
      return [...noise, roll % 4 === 1 ? `${line} #c${count++}` : line];
    })
    .join('\n');
}

const seeds = fc.array(fc.nat(10_000), { minLength: 3, maxLength: 60 });

describe('laws', () => {
  const texts = [
    basePolicy,
    // Inside a block of text a comment would be text.
    shipped.replaceAll(/^( *)description: >-\n(?:\1 +.*\n)+/gm, ''),
    ...readdirSync('test/cases').flatMap((name) => casePolicies(name)),
  ];

  test('of policies with comments anywhere: same value, same comments, and once is enough', () => {
    fc.assert(
      fc.property(fc.nat(texts.length - 1), seeds, (index, seed) => {
        const text = withNoise(texts[index] as string, seed);
        const once = format(text);
        expect(format(once)).toBe(once);
        expect(valueOf(once)).toEqual(valueOf(text));
        expect(commentsIn(once)).toEqual(commentsIn(text));
      }),
      { numRuns: 25 },
    );
  });

  test('of any map in any style', () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('yes', '1', 'a: b', ' x ', "it's", '"', '#', '- a', '\n', 'a\nb', 'null'),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const key = fc
      .string({ minLength: 1, maxLength: 20 })
      .filter(
        (name) => name.trim() !== '' && !['__proto__', 'constructor', 'prototype', 'kind'].includes(name),
      );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        scalar,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: false }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.dictionary(key, tree, { maxKeys: 5, noNullPrototype: false }),
        fc.boolean(),
        seeds,
        (value, block, seed) => {
          const json = JSON.stringify({ kind: 'Policy', ...value }, null, 2);
          const source = block
            ? json.replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) => text)
            : JSON.stringify(JSON.parse(json));
          if (!loadYaml(source, 'p.yaml').ok) return;
          const noisy = block ? withNoise(`${source}\n`, seed) : source;
          if (!loadYaml(noisy, 'p.yaml').ok) return;
          const once = format(noisy);
          expect(valueOf(once)).toEqual(valueOf(noisy));
          expect(format(once)).toBe(once);
        },
      ),
      { numRuns: 60 },
    );
  });
});

function casePolicies(name: string): readonly string[] {
  const folder = `test/cases/${name}/tree/policies`;
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml') && !file.startsWith('wrong'))
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  } catch {
    return [];
  }
}
