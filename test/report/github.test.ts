import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/report/index.ts';
import { silenced } from '../../src/report/github.ts';
import { stepOutputLines, stepOutputs } from '../../src/report/stepOutputs.ts';
import { annotationsIn } from '../support/annotations.ts';
import { hostileText } from '../support/hostile.ts';
import { outputsIn, runnerReads } from '../support/runner.ts';
import {
  fullVerdict,
  gateReport,
  ruleByOutcome,
  ruleReport,
  verdictOf,
  verdictWith,
} from '../support/verdicts.ts';

const many = (count: number, outcome: 'fail' | 'pending' | 'unknown') =>
  Array.from({ length: count }, (_, index) =>
    ruleReport({ ...ruleByOutcome[outcome], id: `${outcome}-${index}` }),
  );

describe('annotations', () => {
  it('are drawn for every kind of thing that is wrong', async () => {
    await expect(await render('github', [fullVerdict])).toMatchFileSnapshot('full.github.txt');
  });

  it('are at most ten of a kind, the worst first, and the tenth says how many more', async () => {
    const rules = [...many(6, 'unknown'), ...many(9, 'fail'), ...many(11, 'pending')];
    const verdict = verdictWith({ decision: 'no-go', gates: [gateReport({ decision: 'no-go', rules })] });
    const list = annotationsIn(await render('github', [verdict, fullVerdict]));
    const errors = list.filter(({ kind }) => kind === 'error');
    expect(errors).toHaveLength(10);
    expect(errors.slice(2, 9).every(({ properties }) => /: fail$/.test(properties['title'] ?? ''))).toBe(
      true,
    );
    expect(errors[9]).toMatchObject({ properties: { title: 'and 10 more' } });
    const warnings = list.filter(({ kind }) => kind === 'warning');
    expect(warnings).toHaveLength(10);
    expect(warnings[9]?.properties['title']).toMatch(/^and \d+ more$/);
  });

  it('a list of ten of a kind is shown whole', async () => {
    const gates = [gateReport({ decision: 'no-go', rules: many(9, 'fail') })];
    const list = annotationsIn(await render('github', [verdictWith({ decision: 'no-go', gates })]));
    expect(list.map(({ properties }) => properties['title'])).toEqual([
      'hardening: no-go',
      ...Array.from({ length: 9 }, (_, index) => `preflight fail-${index}: fail`),
    ]);
  });
});

it('in silenced text the runner obeys nothing', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const { commands, text: shown } = runnerReads(silenced(text, 'unguessed'));
      expect(commands).toEqual([]);
      expect(shown).toBe(text.endsWith('\n') ? text.slice(0, -1) : text);
    }),
  );
});

describe('outputs of a step', () => {
  it('read back as they are, whatever stands in them', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (phase, file) => {
        const verdict = { ...fullVerdict, phase: { current: phase, drift: [], road: [] } };
        const outputs = stepOutputs([verdict], [file]);
        expect(outputsIn(stepOutputLines(outputs, 'end'))).toEqual(outputs);
        expect(outputs.report).not.toContain('\n');
      }),
    );
  });

  it.each([
    ['live', ['go'], 'go'],
    ['live', ['go', 'hold'], 'hold'],
    ['live', ['hold', 'no-go', 'go'], 'no-go'],
    ['as-of', ['go'], 'go (as of Tue 2026-02-24 09:00 UTC)'],
    ['as-of', ['no-go'], 'no-go'],
  ] as const)('%s %j is %s', (mode, decisions, decision) => {
    const verdicts = decisions.map((one) => verdictOf(one, mode));
    expect(stepOutputs(verdicts, []).decision).toBe(decision);
  });

  it('are never `go` for a decision that this version does not know', () => {
    const verdict = { ...verdictOf('go', 'live'), decision: 'proceed' as 'go' };
    expect(stepOutputs([verdict], []).decision).toBe('hold');
  });

  it('tell the latest instant, or none if one verdict has none', () => {
    const at = (earliest?: string) => ({ ...verdictOf('hold', 'live'), ...(earliest ? { earliest } : {}) });
    const [early, late] = ['2026-02-25T00:00:00Z', '2026-02-26T00:00:00Z'];
    expect(stepOutputs([at(late), at(early)], []).earliest).toBe(late);
    expect(stepOutputs([at(late), at()], []).earliest).toBe('');
    expect(stepOutputs([at(early), verdictOf('go', 'live')], []).earliest).toBe(early);
  });
});
