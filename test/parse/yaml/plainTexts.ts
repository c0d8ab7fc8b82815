import { isDeepStrictEqual } from 'node:util';
import { indexLines } from '../../../src/parse/yaml/lines.ts';
import type { YamlNode } from '../../../src/parse/yaml/node.ts';
import { readPlainYaml } from '../../../src/parse/yaml/plainBlock.ts';
import { readStrictYaml } from '../../../src/parse/yaml/strict.ts';
import { randomFrom } from './corpus.ts';

type Random = () => number;

const from = <T>(random: Random, choices: readonly T[]): T =>
  choices[Math.floor(random() * choices.length)] as T;

const keys = ['a', 'b', 'path', 'AUTH_MODE', 'Timestamp (UTC)', 'a.b', 'x-1', "'<='", '2', 'a b', '$now'];
const oddKeys = [
  'null',
  'true',
  '',
  "''",
  "' '",
  '__proto__',
  '"a"',
  '- a',
  '? a',
  'a:b',
  '~',
  '1e3',
  '-',
  'a#b',
  '[a]',
  "'it''s'",
];
const scalars = [
  'pass',
  '24h',
  '1',
  '0.5',
  'true',
  'false',
  "'1.0'",
  '"x y"',
  'a b',
  'x:y',
  'http://a/b#c',
  'a-b',
  "'it''s'",
  '{yyyy}-{MM}.md',
  'a, b',
  'x [y]',
  'é',
  '$now',
  '(a)',
  '<b',
  '=1',
  'a "b"',
  "a'b",
];
const oddScalars = [
  '',
  '~',
  'null',
  'True',
  '012',
  '1e3',
  '0x1',
  '.5',
  '-1',
  '+1',
  '1_000',
  'a: b',
  'a #b',
  '#b',
  '&a b',
  '*a',
  '!t b',
  '%a',
  '@a',
  '`a',
  '"\\n"',
  "'a",
  '"a',
  '>',
  '|',
  '- a',
  '-a',
  '?a',
  ':a',
  ',a',
  ']',
  '}',
  'a:',
  "'a'b",
  "'a': b",
  '"a" "b"',
  'a\tb',
  '😀',
  'a\u0085b',
  'a\u00a0b',
  '---',
  '...',
  'a\n  b',
];
const comments = ['', '', '', '', '', '', ' # why', '  #', '#x'];

/** YAML as people write policies; the greater `oddness` (0 to 1), the more of it is what only few would write. */
export function randomYaml(random: Random, oddness: number): string {
  const isOdd = () => random() < oddness;
  const scalar = () => from(random, isOdd() ? oddScalars : scalars);
  const key = () => from(random, isOdd() ? oddKeys : keys);
  const comment = () => from(random, comments);
  const gap = () =>
    random() < 0.1 ? `\n${' '.repeat(Math.floor(random() * 9))}` : random() < 0.1 ? '  ' : ' ';

  const flow = (depth: number): string => {
    const item = () =>
      depth < 3 && random() < 0.3 ? flow(depth + 1) : scalar().replace(/[,[\]{}]/g, isOdd() ? '$&' : '_');
    const count = Math.floor(random() * 4);
    const sep = isOdd() ? from(random, [',', ' ,', ', ,', ',\n', ',\n  ', ', # c\n   ']) : `,${gap()}`;
    const end = isOdd() ? from(random, [',', '\n', ' ', ' # c\n']) : '';
    const parts = Array.from({ length: count }, (_, at) =>
      random() < 0.5 || depth === 0
        ? `${isOdd() ? key() : `k${at}`}:${isOdd() ? '' : gap()}${item()}`
        : undefined,
    );
    return parts.every((part) => part !== undefined) && random() < 0.8
      ? `{${gap()}${parts.join(sep)}${end}${gap()}}`
      : `[${parts.map((part) => (isOdd() ? (part ?? item()) : item())).join(sep)}${end}]`;
  };

  const text = (indent: string): string => {
    const header = from(random, isOdd() ? ['>+', '|2', '> # c', '>- ', '|+'] : ['>-', '>', '|', '|-']);
    const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      isOdd() ? from(random, ['', `  ${scalar()}`, '# no comment', indent]) : `some words ${scalar()}`,
    );
    return `${header}\n${lines.map((line) => `${indent}  ${line}`).join('\n')}${random() < 0.2 ? '\n' : ''}`;
  };

  const value = (indent: string, depth: number): string => {
    const choice = random();
    if (choice < 0.4 || depth > 4) return ` ${scalar()}${comment()}\n`;
    if (choice < 0.55) return `${isOdd() ? '' : ' '}${flow(0)}${comment()}\n`;
    if (choice < 0.62) return ` ${text(indent)}\n`;
    const inner = `${indent}${from(random, isOdd() ? ['', ' ', '   ', '\t'] : ['  ', '  ', '    '])}`;
    return `${comment()}\n${choice < 0.85 ? map(inner, depth + 1) : list(random() < 0.3 ? indent : inner, depth + 1)}`;
  };

  const between = (indent: string): string =>
    random() < 0.06
      ? from(random, ['\n', '# c\n', `${indent}# c\n`, `${indent}  # c\n`, '\n\n', isOdd() ? '  \n' : '\n'])
      : '';

  const map = (indent: string, depth: number): string => {
    const count = 1 + Math.floor(random() * 4);
    const name = (at: number) =>
      isOdd() ? key() : random() < 0.7 ? `key${at}` : (keys[(at * 3 + depth) % keys.length] as string);
    const colon = () => (isOdd() ? from(random, [' :', '', ':\t', ':  ']) : ':');
    return Array.from(
      { length: count },
      (_, at) =>
        `${between(indent)}${isOdd() ? from(random, ['', ' ']) : ''}${indent}${name(at)}${colon()}${value(indent, depth)}`,
    ).join('');
  };

  const list = (indent: string, depth: number): string => {
    const dash = () => (isOdd() ? from(random, ['-', '-  ', '- - ', '-\n ']) : '- ');
    const item = () =>
      random() < 0.5 ? map(`${indent}  `, depth + 1).slice(indent.length + 2) : value(indent, 9).slice(1);
    return Array.from(
      { length: 1 + Math.floor(random() * 3) },
      () => `${between(indent)}${indent}${dash()}${item()}`,
    ).join('');
  };

  const end = isOdd() ? from(random, ['', '\n', '# end', '...', '---\na: 1', ' ']) : '';
  const whole = `${between('')}${isOdd() ? list('', 0) : map('', 0)}${end}`;
  return random() < 0.05 ? whole.trimEnd() : whole;
}

const edits = [
  "'",
  '"',
  ':',
  ' ',
  '#',
  '-',
  '\n',
  ',',
  '[',
  ']',
  '{',
  '}',
  '>',
  '|',
  '&',
  '*',
  '!',
  '?',
  '%',
  'a',
  '1',
  '.',
  '  ',
  ': ',
  ' #',
  '\t',
];

/** A text with one to three of its characters, or one of its lines, changed. */
export function editYaml(random: Random, text: string): string {
  if (random() < 0.3) {
    const lines = text.split('\n');
    const at = Math.floor(random() * lines.length);
    const other = Math.floor(random() * lines.length);
    const line = lines[at] as string;
    const changed = from(random, [
      [],
      [line, line],
      [` ${line}`],
      [line.replace(/^ /, '')],
      [lines[other] as string],
    ]);
    lines.splice(at, 1, ...changed);
    return lines.join('\n');
  }
  let edited = text;
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
    const at = Math.floor(random() * edited.length);
    edited = `${edited.slice(0, at)}${random() < 0.6 ? from(random, edits) : ''}${edited.slice(at + (random() < 0.5 ? 1 : 0))}`;
  }
  return edited;
}

/** Some lines of a file that follow each other, moved to the left margin. */
export function slice(random: Random, text: string): string {
  const lines = text.split('\n');
  const begin = Math.floor(random() * lines.length);
  const part = lines.slice(begin, begin + 3 + Math.floor(random() * 25));
  const margin = /^ */.exec(part[0] ?? '')?.[0].length ?? 0;
  return `${part.map((line) => (line.slice(0, margin).trim() === '' ? line.slice(margin) : line)).join('\n')}\n`;
}

/** What is different between the readers; `left` if the plain one leaves the text to the strict one. */
export function compareYaml(text: string): 'left' | 'same' | 'different' {
  const plain = readPlainYaml(text, 100);
  if (!plain) return 'left';
  const strict = readStrictYaml(text, {
    path: 'p',
    lines: indexLines(text, 'p'),
    limits: { bytes: text.length * 3, depth: 100 },
  });
  if (!strict.ok || !isDeepStrictEqual(strict.value.value, plain.value)) return 'different';
  return isDeepStrictEqual(asShown(strict.value.root, text), asShown(plain.root, text))
    ? 'same'
    : 'different';
}

/** No more of a scalar is ever marked than what stands in its first line. */
function asShown(node: YamlNode, text: string): unknown {
  switch (node.kind) {
    case 'scalar':
      return { ...node, to: Math.min(node.to, text.indexOf('\n', node.from) >>> 0) };
    case 'list':
      return { ...node, items: node.items.map((item) => item && asShown(item, text)) };
    case 'map':
      return {
        ...node,
        entries: node.entries.map((entry) => ({ ...entry, value: asShown(entry.value, text) })),
      };
  }
}

/** Random documents and edited pieces of real ones, until so many were read by the plain reader. */
export function compareYamlReaders(
  seed: number,
  wanted: number,
  files: readonly string[],
): { documents: number; accepted: number; differences: readonly string[] } {
  const random = randomFrom(seed);
  const differences: string[] = [];
  let documents = 0;
  let accepted = 0;
  for (; accepted < wanted; documents++) {
    const choice = random();
    const oddness = choice < 0.3 ? 0 : choice < 0.6 ? 0.02 : 0.08;
    let text = random() < 0.6 ? randomYaml(random, oddness) : slice(random, from(random, files));
    if (random() < 0.5) text = editYaml(random, text);
    const result = compareYaml(text);
    if (result !== 'left') accepted++;
    if (result === 'different') differences.push(text);
  }
  return { documents, accepted, differences };
}
