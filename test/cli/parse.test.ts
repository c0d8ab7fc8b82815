import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { evidenceOptions } from '../../src/cli/evidence-options.ts';
import { helpOf, parse } from '../../src/cli/parse.ts';

const command: Command = {
  name: 'judge',
  summary: 'Judges.',
  operands: '[POLICY...]',
  most: 2,
  options: evidenceOptions,
  formats: ['pretty', 'json'],
  examples: [['soakgate judge', 'what holds now']],
  run: () => Promise.reject(new Error('not run')),
};

const read = (...words: string[]): unknown => {
  const given = parse(command, words);
  return given.ok ? given.value : given.problems;
};

describe('parse', () => {
  it('keeps everything in the order given', () => {
    expect(read('a.yaml', '--run', '--format', 'json', '--output=-', '-q', 'b.yaml', '--no-color')).toEqual({
      operands: ['a.yaml', 'b.yaml'],
      options: [
        { name: 'run' },
        { name: 'format', value: 'json' },
        { name: 'output', value: '-' },
        { name: 'quiet' },
        { name: 'no-color' },
      ],
    });
  });

  it('keeps repeatable options', () => {
    expect(read('--input', 'a=1', '--input=b=2')).toMatchObject({
      options: [
        { name: 'input', value: 'a=1' },
        { name: 'input', value: 'b=2' },
      ],
    });
  });

  it('takes everything behind -- as it stands', () => {
    expect(read('--', '--run', '-q')).toEqual({ operands: ['--run', '-q'], options: [] });
  });

  it.each([
    ['an unknown option', ['--rnu'], 'usage/unknown-option', 'did you mean `--run`?'],
    ['an unknown short option', ['-x'], 'usage/unknown-option', '`soakgate judge --help` lists the options'],
    ['an unknown option with a value', ['--gates=exit'], 'usage/unknown-option', undefined],
    ['a value where none is due', ['--run=yes'], 'usage/unexpected-value', undefined],
    ['a value that is missing', ['--root'], 'usage/missing-value', undefined],
    ['a value swallowed by the next option', ['--root', '--run'], 'usage/missing-value', undefined],
    ['an empty value', ['--root', ''], 'usage/empty-value', undefined],
    ['an empty value behind =', ['--at='], 'usage/empty-value', undefined],
    ['a blank value', ['--root', '  '], 'usage/empty-value', undefined],
    ['a single option twice', ['--root', 'a', '--root', 'b'], 'usage/repeated-option', 'give it once'],
    ['an empty operand', [''], 'usage/empty-value', undefined],
    ['too many operands', ['a', 'b', 'c'], 'usage/unexpected-argument', undefined],
    ['an option of Object.prototype', ['--constructor'], 'usage/unknown-option', undefined],
  ])('refuses %s', (_what, words, code, hint) => {
    expect(read(...words)).toMatchObject([{ code, ...(hint === undefined ? {} : { hint }) }]);
  });

  it('leaves the exit code alone, whatever it refuses', () => {
    const before = process.exitCode;
    for (const words of [['--nope'], ['--root'], ['a', 'b', 'c'], ['--help']]) read(...words);
    expect(process.exitCode).toBe(before);
  });
});

describe('helpOf', () => {
  it('names every option, format and exit code, and fits 80 columns', () => {
    const text = helpOf(command);
    for (const { flags } of evidenceOptions) expect(text).toContain(flags);
    expect(text).toContain('Formats: pretty, json');
    expect(text).toContain('Usage: soakgate judge [options] [POLICY...]');
    expect(text).toMatch(/0 go.*1 no-go.*2 could not evaluate/);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
