import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleReport } from '../../src/model/verdict.ts';
import { seriesWords, stepsWithin } from '../../src/report/html/chart.ts';
import { field, plotOf } from '../../src/report/html/plot.ts';
import { render } from '../../src/report/index.ts';
import { attributeOf, elementsIn, textIn } from '../support/htmlReport.ts';
import { richVerdict, seriesWith } from '../support/pageVerdicts.ts';
import { gateReport, ruleReport, verdictWith } from '../support/verdicts.ts';

const start = Date.UTC(2026, 1, 24);

function series(values: readonly number[], minutes = (index: number) => index * 5) {
  return values.map((value, index) => ({
    at: new Date(start + minutes(index) * 60_000).toISOString(),
    value,
  }));
}

describe('what is drawn', () => {
  it('no point leaves the field, whatever the samples', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(
        values,
        fc.option(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { nil: undefined }),
        (all, bound) => {
          const plot = plotOf({ series: series(all), ...(bound === undefined ? {} : { bound }) });
          if (bound !== undefined) {
            expect(plot?.y(bound)).toBeGreaterThanOrEqual(field.top);
            expect(plot?.y(bound)).toBeLessThanOrEqual(field.height - field.bottom);
          }
          for (const { at, value } of plot?.points ?? []) {
            expect(plot?.x(at)).toBeGreaterThanOrEqual(field.left);
            expect(plot?.x(at)).toBeLessThanOrEqual(field.width - field.right);
            expect(plot?.y(value)).toBeGreaterThanOrEqual(field.top);
            expect(plot?.y(value)).toBeLessThanOrEqual(field.height - field.bottom);
          }
        },
      ),
    );
  });

  it.each([
    ['no samples', []],
    ['a time that is none', [{ at: 'yesterday', value: 1 }]],
    ['a value that is none', [{ at: '2026-02-24T09:00:00Z', value: Number.NaN }]],
  ])('nothing of %s', (_, samples) => expect(plotOf({ series: samples })).toBeUndefined());

  it('a gap stays a gap', () => {
    const runs = plotOf({
      series: series([1, 2, 3, 4, 5], (index) => (index < 3 ? index * 5 : 60 + index * 5)),
    })?.runs;
    expect(runs?.map((run) => run.length)).toEqual([3, 2]);
  });

  it('what thinning took away is no gap', () => {
    // Of each stretch of 14 samples two are kept, wherever they stood: the farthest apart are almost two stretches.
    const places = [
      (stretch: number, second: boolean) => stretch * 14 + (second ? 13 : 0),
      (stretch: number, second: boolean) => stretch * 14 + (second ? 7 : 6),
      (stretch: number, second: boolean) => stretch * 14 + (stretch % 2 === 0 ? 0 : 12) + (second ? 1 : 0),
    ];
    const values = Array.from({ length: 300 }, () => 1);
    for (const place of places) {
      const minutes = (index: number) => place(Math.floor(index / 2), index % 2 === 1) * 5;
      expect(plotOf({ series: series(values, minutes) })?.runs).toHaveLength(1);
    }
  });

  it('but hours without samples are, in a long series as well', () => {
    const values = Array.from({ length: 300 }, () => 1);
    const broken = (index: number) => index * 30 + (index < 100 ? 0 : 600);
    expect(plotOf({ series: series(values, broken) })?.runs).toHaveLength(2);
  });

  it('steps of the road stand where they were taken, within the time that is shown', () => {
    const plot = plotOf({ series: seriesWith({ spike: 9 }) });
    expect(plot && stepsWithin(plot, richVerdict.phase?.road ?? [])).toEqual([
      { number: 2, at: Date.parse('2026-02-18T12:00:00Z') },
    ]);
  });
});

describe('in words', () => {
  it.each([
    [series([0.25, 7.5, 3]), 5, 'min 0.25, max 7.5, last 3, bound 5'],
    [series([2]), undefined, 'min 2, max 2, last 2, no bound'],
    [seriesWith({ spike: 9 }), 5, 'min 0.2, max 9, last 0.2, bound 5, 1 gap'],
  ])('%#', (samples, bound, words) => {
    const detail = { series: samples, ...(bound === undefined ? {} : { bound }) };
    const plot = plotOf(detail);
    expect(plot && seriesWords(plot, detail)).toBe(words);
  });
});

async function drawn(rule: Partial<RuleReport>) {
  const html = await render('html', [verdictWith({ gates: [gateReport({ rules: [ruleReport(rule)] })] })]);
  return elementsIn(html);
}

describe('a chart on the page', () => {
  it('has a name and a description', async () => {
    const elements = await drawn({ detail: { series: series([1, 2]), bound: 5 }, outcome: 'pass' });
    const chart = elements.find((one) => attributeOf(one, 'class') === 'chart');
    const ids = (attributeOf(chart!, 'aria-labelledby') ?? '').split(' ');
    expect(ids.map((id) => textIn(elements.find((one) => attributeOf(one, 'id') === id)!))).toEqual([
      'flags, pass',
      'min 1, max 2, last 2, bound 5',
    ]);
  });

  it.each([
    ['above the most', { atMost: 5 }, [1, 9], 1],
    ['below the least', { atLeast: 5 }, [1, 2], 1],
    ['on the good side of the least', { atLeast: 5 }, [8, 9], 0],
    ['on the good side alone', { atMost: 5 }, [1, 2], 0],
    ['of a bound that says no side', undefined, [1, 9], 0],
  ])('shades where samples went %s', async (_, required, values, count) => {
    const rule = {
      detail: { series: series(values), bound: 5 },
      ...(required === undefined ? {} : { required }),
    };
    const shades = (await drawn(rule)).filter((one) => attributeOf(one, 'class') === 'beyond');
    expect(shades).toHaveLength(count);
  });

  it('parts are drawn, each by the name of its evidence', async () => {
    const part = (evidence: string) => ({
      ...{ demand: 'd', outcome: 'pass' as const, code: 'metric.within-bound' as const, message: 'm' },
      ...{ cites: [{ evidence }], detail: { series: series([1]) } },
    });
    const elements = await drawn({ parts: [part('one'), part('two')] });
    const charts = elements.filter((one) => attributeOf(one, 'class') === 'chart');
    expect(charts.map((one) => textIn(one.childNodes[0]!))).toEqual(['one, pass', 'two, pass']);
  });
});
