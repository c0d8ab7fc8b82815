import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { commands as family } from '../../src/cli/commands.ts';
import { parse } from '../../src/cli/parse.ts';
import { readPlain } from '../../src/cli/plainWords.ts';

const commands = await Promise.all([...family.values()].map((entry) => entry.load()));
const flags = [...new Set(commands.flatMap(({ options }) => options.map((option) => option.flags)))];
const names = [...flags.flatMap((flag) => flag.match(/--[a-z-]+/g) ?? []), '--format', '--output', '--quiet'];

const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names) },
  { weight: 4, arbitrary: fc.constantFrom('policy.yaml', 'json', 'a=1', 'exit', 'run', 'help', '@', '0') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('--', '-', '-q', '-h', '--help', '--no-color', '--color', '--no-run'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', '--=', '--run=', '--root=a', '--ro', '--Run', '-qh', '--constructor'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);

describe('readPlain', () => {
  it('reads what parse reads, or leaves the line to it', () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.constantFrom(...commands), fc.array(word, { maxLength: 7 }), (command, words) => {
        const given = readPlain(command, words);
        if (!given) return;
        plain++;
        expect({ ok: true, value: given }).toEqual(parse(command, words));
      }),
      { numRuns: 5000 },
    );
    expect(plain).toBeGreaterThan(800);
  });

  it('reads the lines that people write most', () => {
    const lines = [
      '',
      'policies/canary.yaml',
      '--run --gate next policies/canary.yaml',
      '--format json --output v.json',
    ];
    const check = commands.find(({ name }) => name === 'check') as Command;
    for (const line of lines) expect(readPlain(check, line.split(' ').filter(Boolean))).toBeDefined();
  });
});
