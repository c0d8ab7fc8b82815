import type { PhaseReport } from '../../model/verdict.ts';
import { driftText } from '../drift.ts';
import { type Content, el, type Markup } from './element.ts';
import { stepIcon } from './icon.ts';
import type { HtmlPage, Part } from './page.ts';
import { code, timeOf, unseen } from './words.ts';

type Step = PhaseReport['road'][number];

/** The phases of the rollout, where it is, and when and by which row each step was taken. */
export function roadPart(page: HtmlPage): Part | undefined {
  const { phase } = page.verdict;
  if (phase === undefined || phase.road.length === 0) return undefined;
  const drift = driftText(phase);
  const content = [
    el(
      'ol',
      { class: 'steps' },
      phase.road.map((step, index) => stepMarkup(page, step, index)),
    ),
    phase.current === 'done' ? el('p', {}, 'The rollout is finished.') : undefined,
    phase.current === 'unknown' ? el('p', {}, 'The phase in force is not known.') : undefined,
    drift === undefined ? undefined : el('p', { class: 'drift' }, el('strong', {}, 'Drift: '), drift),
  ];
  return { name: 'road', title: 'The road', content };
}

const stateWord: Readonly<Record<Step['state'], string>> = {
  past: 'passed',
  current: 'here now',
  ahead: 'ahead',
};

function stepMarkup(page: HtmlPage, step: Step, index: number): Markup {
  const here = step.state === 'current' ? { 'aria-current': 'step' } : {};
  return el(
    'li',
    { class: `step ${step.state}`, ...here },
    stepIcon(step.state),
    el(
      'div',
      {},
      el('p', { class: 'name' }, unseen(`${index + 1}. `), el('strong', {}, step.title)),
      el('p', { class: 'faint' }, code(step.id), `, ${stateWord[step.state]}`),
      enteredOf(page, step),
    ),
  );
}

function enteredOf(page: HtmlPage, { enteredAt, by }: Step): Content {
  if (enteredAt === undefined) return undefined;
  return el(
    'p',
    { class: 'faint' },
    'entered ',
    timeOf(page, enteredAt),
    by === undefined ? undefined : el('span', { class: 'by' }, code(by)),
  );
}
