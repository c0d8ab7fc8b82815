import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedPage } from '../../src/report/boundedPage.ts';
import { bytesOf } from '../../src/report/bytes.ts';
import { render } from '../../src/report/index.ts';
import { hostileText } from '../support/hostile.ts';
import { blocksOf, parsePage } from '../support/page.ts';
import { fullVerdict, gateReport, ruleByOutcome, verdictWith } from '../support/verdicts.ts';

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
const kinds = (page: string) => blocksOf(parsePage(page)).map(([kind]) => kind);

/** A verdict with very many rules, gates and long words. */
const large = verdictWith({
  decision: 'no-go',
  message: 'very long '.repeat(1000),
  gates: Array.from({ length: 45 }, (_, index) =>
    gateReport({
      id: `entry:${index}`,
      decision: 'no-go',
      rules: Array.from({ length: 8 }, () => ({ ...ruleByOutcome.fail, message: 'schön '.repeat(100) })),
    }),
  ),
});

describe('comment', () => {
  it('draws the decision, what to do, and the rest behind folds', async () => {
    await expect(await render('comment', [fullVerdict])).toMatchFileSnapshot('full.comment.md.txt');
  });

  it('begins with a marker that is the same for every run of a policy', async () => {
    const first = async (...verdicts: (typeof fullVerdict)[]) =>
      (await render('comment', verdicts)).split('\n')[0];
    expect(await first(fullVerdict)).toBe('<!-- soakgate:verdict hardening -->');
    expect(await first(verdictWith({ decision: 'hold' }))).toBe(await first(fullVerdict));
    const other = verdictWith({ policy: { ...fullVerdict.policy, name: 'a--><b>' } });
    expect(await first(fullVerdict, other)).toBe('<!-- soakgate:verdict a-b hardening -->');
  });

  it('stays below what a forge takes, keeps the decision and its gates, and says that it was cut', async () => {
    for (const verdicts of [[large], [large, fullVerdict, large]]) {
      const page = await render('comment', verdicts);
      expect(bytes(page)).toBeLessThanOrEqual(65_000);
      expect(page).toContain('| Gate | Decision | Rules | Earliest |');
      expect(page).toContain('## NO-GO');
      expect(page).toMatch(
        /Shortened to fit here: \d+ of \d+ parts are left out; the JSON has them all\.\n$/,
      );
    }
  });

  it('says the decision of each of many policies, whatever else is cut', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `p${index}`);
    const verdicts = names.map((name) => ({
      ...large,
      gates: large.gates.slice(0, 4),
      policy: { ...large.policy, name },
    }));
    const page = await render('comment', verdicts);
    expect(bytes(page)).toBeLessThanOrEqual(65_000);
    for (const name of names) expect(page).toContain(`| ${name} | no-go | 1 |`);
  });
});

it.each([300, 1_000, 5_000, 20_000, 1_000_000])('a page fits into %i bytes', (budget) => {
  for (const verdicts of [[fullVerdict], [large], [fullVerdict, large]])
    expect(bytes(boundedPage(verdicts, budget))).toBeLessThanOrEqual(budget);
});

it('a page that has room is whole', () => {
  expect(kinds(boundedPage([fullVerdict], 100_000))).toEqual([
    ...['h2', 'line', 'line', 'line', 'table', 'h3', 'list'],
    ...['html', 'h4', 'table', 'html', 'html', 'h4', 'table', 'html'],
    ...['html', 'table', 'table', 'table', 'html'],
  ]);
});

it('bytes are counted as they are written', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(bytesOf(text)).toBe(bytes(text));
    }),
  );
});
