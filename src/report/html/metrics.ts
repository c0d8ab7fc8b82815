import type { Json } from '../../model/json.ts';
import type { PartReport, RuleReport } from '../../model/verdict.ts';
import { chartMarkup, seriesWords, stepsWithin } from './chart.ts';
import { type Content, el, type Markup } from './element.ts';
import { heading, type HtmlPage, type Part } from './page.ts';
import { type Plot, plotOf } from './plot.ts';
import { code, outcomeMark, rich, timeOf } from './words.ts';

/** What is drawn: a rule with samples of its own, or a part of one. */
interface Drawn {
  rule: RuleReport;
  of: RuleReport | PartReport;
  plot: Plot;
}

/** The monitored metrics with their bounds and the steps that were taken meanwhile. */
export function metricsPart(page: HtmlPage): Part | undefined {
  const drawn = page.verdict.gates.flatMap((gate) => gate.rules).flatMap(drawnOf);
  if (drawn.length === 0) return undefined;
  const worst = [...drawn].sort((a, b) => rank(a) - rank(b));
  const content = el(
    'div',
    { class: 'charts' },
    worst.map((one, index) => figureMarkup(page, one, index)),
  );
  return { name: 'metrics', title: 'Metrics', content };
}

function drawnOf(rule: RuleReport): readonly Drawn[] {
  return [rule, ...(rule.parts ?? [])].flatMap((of) => {
    const plot = of.detail === undefined ? undefined : plotOf(of.detail);
    return plot === undefined ? [] : [{ rule, of, plot }];
  });
}

const worstFirst = ['fail', 'unknown', 'pending', 'waived', 'pass', 'not-applicable'];

function rank({ of }: Drawn): number {
  return worstFirst.indexOf(of.outcome);
}

function figureMarkup(page: HtmlPage, { rule, of, plot }: Drawn, index: number): Markup {
  const detail = of.detail ?? {};
  const evidence = of.cites[0]?.evidence ?? rule.id;
  const road = page.verdict.phase?.road ?? [];
  const steps = stepsWithin(plot, road);
  const words = seriesWords(plot, detail);
  const id = `${page.key}-c${index + 1}`;
  const facts = {
    ...{ id, steps, title: `${evidence}, ${of.outcome}`, summary: words },
    ...{ bad: badSideOf(of.required), zone: page.verdict.policy.timezone },
  };
  return el(
    'figure',
    { class: of.outcome },
    el(
      'figcaption',
      {},
      heading(page, 1, {}, outcomeMark(of.outcome), ' ', code(evidence)),
      el('p', { class: 'faint' }, rich(of.demand)),
    ),
    chartMarkup(plot, detail, facts),
    el(
      'div',
      { class: 'words' },
      el('p', {}, words),
      steps.length === 0
        ? undefined
        : stepsText(
            page,
            steps.map(({ number }) => number),
          ),
      el(
        'p',
        { class: 'faint' },
        'rule ',
        el('a', { href: `#${page.anchors.get(rule) ?? page.key}` }, code(rule.id)),
      ),
    ),
  );
}

/** `atMost` allows what is below. */
function badSideOf(required: Json | undefined): 'above' | 'below' | undefined {
  if (required === undefined || required === null || typeof required !== 'object') return undefined;
  return 'atMost' in required ? 'above' : 'atLeast' in required ? 'below' : undefined;
}

/** What the numbers in a chart stand for. */
function stepsText(page: HtmlPage, numbers: readonly number[]): Content {
  const road = page.verdict.phase?.road ?? [];
  return el(
    'ul',
    { class: 'changes' },
    numbers.map((number) => {
      const step = road[number - 1];
      return step === undefined
        ? undefined
        : el('li', {}, `${number}: `, code(step.id), ' entered ', timeOf(page, step.enteredAt ?? ''));
    }),
  );
}
