/** A generator of numbers in [0, 1) from a seed (mulberry32), so that a corpus is the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pieces = [
  ...[
    'a',
    'b: ',
    ': ',
    '- ',
    '  ',
    '\n',
    '\n  ',
    '\n    ',
    '? ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '#',
    ' # c\n',
    "'",
    '"',
    '|\n',
    '>-\n',
  ],
  ...[
    '&x ',
    '*x',
    '!t ',
    '!!int ',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '\t',
    '\r\n',
    '\uFEFF',
    '\0',
    '\\',
    '@',
    '`',
    '<<: ',
  ],
  ...[
    '12e4567',
    '0123456',
    '0x1F',
    '.inf',
    '1_0',
    'true',
    'null',
    '~',
    '2026-02-24',
    '-',
    '__proto__: ',
    'constructor: ',
    '\u00e9',
    '\u{1f600}',
  ],
];

/** Hand-made shapes that parsers get wrong. */
export const seeds: readonly string[] = [
  'a: 1\nb: [x, y]\nc:\n  d: e\n',
  "a: 'it''s'\nb: \"q\\n\"\nc: |\n  block\n  text\n",
  '- a: 1\n  b: 2\n- [c, { d: e }]\n',
  'a: >-\n  folded\n  text\n\n  more\nb: # comment\n  - c\n',
  '? a\n: b\n? c\n',
  '{ a: [1, 2, { b: c }], "d e": f }\n',
  'a:\n- b\n-\n  c: d\ne: ~\n',
  '# head\n\na: 2026-02-24\nb: 1.0.0\nc: yes\n',
];

/** One text made from another by a few random edits. */
export function mutate(text: string, random: () => number): string {
  let changed = text;
  for (let edits = 1 + Math.floor(random() * 4); edits > 0; edits -= 1) {
    const at = Math.floor(random() * (changed.length + 1));
    const piece = pieces[Math.floor(random() * pieces.length)] as string;
    const to = at + Math.floor(random() * 6);
    const kind = random();
    if (kind < 0.5) changed = changed.slice(0, at) + piece + changed.slice(at);
    else if (kind < 0.75) changed = changed.slice(0, at) + changed.slice(to);
    else changed = changed.slice(0, to) + changed.slice(at);
  }
  return changed;
}

/** The corpus of R32: made files, mutated from hand-made shapes and from whole policies. */
export function makeCorpus(count: number, bases: readonly string[], seed: number): readonly string[] {
  const random = randomFrom(seed);
  const texts = [...seeds, ...bases];
  return Array.from({ length: count }, (_, index) => {
    if (index % 10 === 9) {
      const length = 1 + Math.floor(random() * 30);
      return Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    }
    return mutate(texts[Math.floor(random() * texts.length)] as string, random);
  });
}

const size = 65_000;
const fill = (piece: string) => piece.repeat(Math.floor(size / piece.length));
const stairs = (line: (indent: string) => string) =>
  Array.from({ length: 340 }, (_, i) => line(' '.repeat(i))).join('\n');

/** Texts near the cap that make readers slow, deep or large. */
export const hostile: Readonly<Record<string, string>> = {
  brackets: fill('['),
  braces: fill('{'),
  'open maps': fill('{a: '),
  'open pairs': fill('[a: '),
  'question marks': fill('? '),
  dashes: fill('- '),
  'dash question': fill('- ? '),
  colons: fill(': '),
  'one long colon line': fill(':'),
  'implicit keys': fill('a: '),
  'complex keys': fill('? [a]\n: b\n'),
  'complex flow keys': `{${fill('[a]: b, ')}}`,
  'empty explicit keys': fill('?\n'),
  'explicit keys': fill('? a\n? b\n'),
  'nested explicit keys': fill('? ? a\n'),
  'stairs of maps': stairs((indent) => `${indent}a:`),
  'stairs of lists': stairs((indent) => `${indent}-`),
  'stairs of explicit keys': stairs((indent) => `${indent}? a`),
  'one key often': fill('a: 1\n'),
  'many keys': Array.from({ length: 6000 }, (_, i) => `k${i}: 1`).join('\n'),
  'many flow keys': `{${Array.from({ length: 6000 }, (_, i) => `k${i}: 1`).join(', ')}}`,
  anchors: fill('&a '),
  'anchors on lines': fill('&a\n'),
  tags: fill('!a '),
  'long tags': fill('!!str '),
  aliases: `a: &a x\nb: [${fill('*a, ')}]`,
  'doubling aliases': Array.from({ length: 200 }, (_, i) => `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`).join(
    '\n',
  ),
  documents: fill('---\n'),
  'document ends': fill('...\n'),
  directives: fill('%YAML 1.2\n'),
  comments: fill('#\n'),
  'comments in brackets': `[${fill('\n# a\n')}`,
  newlines: fill('\n'),
  'carriage returns': fill('\r\n'),
  'open double quote': `"${fill('a\n')}`,
  'escaped line ends': `"${fill('\\\n')}`,
  'open single quote': `'${fill("''")}`,
  'block text': `|\n${fill(' a\n')}`,
  'folded text': `>\n${fill(' a\n\n')}`,
  'block indents': `|9\n${fill('\n ')}`,
  'plain lines': fill('a\n'),
  'plain words': fill('a '),
  tabs: fill('\t'),
  spaces: fill(' '),
  'one long key': `${fill('a')}: b`,
};
