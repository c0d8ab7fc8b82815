import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command, Session } from '../../src/cli/command.ts';
import { parse } from '../../src/cli/parse.ts';
import { readSinks } from '../../src/cli/sinks.ts';
import { makeFolder } from '../support/program.ts';

const command: Command = {
  name: 'judge',
  summary: 'Judges.',
  operands: '',
  most: 0,
  options: [],
  formats: ['pretty', 'json'],
  examples: [],
  run: () => Promise.reject(new Error('not run')),
};

describe('readSinks', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(() => {
    folder = makeFolder({ 'old.json': '{}' });
    mkdirSync(join(folder.path, 'sub'));
  });
  afterAll(() => folder.remove());

  const read = (words: string): unknown => {
    const session: Session = {
      cwd: folder.path,
      env: {},
      platform: 'linux',
      clock: () => 0,
      outputFiles: [],
      signal: new AbortController().signal,
    };
    const given = parse(command, words === '' ? [] : words.split(' '));
    if (!given.ok) return given.problems[0]?.code;
    const sinks = readSinks(command, given.value, session);
    if (!sinks.ok) return sinks.problems[0]?.code;
    return sinks.value.map(({ format, shown }) => `${format} > ${shown ?? 'stdout'}`);
  };

  it.each([
    ['', ['pretty > stdout']],
    ['--quiet', []],
    ['--format json', ['json > stdout']],
    ['--quiet --format json', ['json > stdout']],
    ['--output v.txt', ['pretty > v.txt']],
    ['--format json --output v.json', ['json > v.json']],
    ['--output v.json --format json', ['json > v.json']],
    ['--format json --output -', ['json > stdout']],
    ['--format json --output /dev/stdout', ['json > stdout']],
    ['--format pretty --format json --output v.json', ['pretty > stdout', 'json > v.json']],
    ['--format json --output v.json --format pretty', ['json > v.json', 'pretty > stdout']],
    [
      '--format json --output a --format json --output b --format pretty --output c',
      ['json > a', 'json > b', 'pretty > c'],
    ],
    ['--format json --output old.json', ['json > old.json']],
  ])('reads `%s`', (words, sinks) => expect(read(words)).toEqual(sinks));

  it.each([
    ['--format yaml', 'usage/unknown-format'],
    ['--format constructor', 'usage/unknown-format'],
    ['--format pretty --format json', 'usage/two-on-stdout'],
    ['--format json --output - --format pretty', 'usage/two-on-stdout'],
    ['--format json --output a --output b', 'usage/output-without-format'],
    ['--output a --output b --format json', 'usage/output-without-format'],
    ['--format json --output a --format pretty --output a', 'usage/same-output'],
    ['--format json --output a --format pretty --output ./a', 'usage/same-output'],
    ['--format json --output nowhere/a', 'usage/no-folder'],
    ['--format json --output sub', 'usage/no-folder'],
    ['--format json --output old.json/a', 'usage/no-folder'],
  ])('refuses `%s`: %s', (words, code) => expect(read(words)).toBe(code));
});
