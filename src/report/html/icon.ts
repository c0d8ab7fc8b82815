import type { Decision, Outcome } from '../../model/outcome.ts';
import { constant, el, type Markup } from './element.ts';

/** Outlines on a field of 16: each meaning has a shape of its own, so that none hangs on a colour. */
const circle = 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z';
const square =
  'M3 1.5h10A1.5 1.5 0 0 1 14.5 3v10a1.5 1.5 0 0 1-1.5 1.5H3A1.5 1.5 0 0 1 1.5 13V3A1.5 1.5 0 0 1 3 1.5z';
const octagon = 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z';
const diamond = 'M8 .7 15.3 8 8 15.3.7 8z';
const shield = 'M8 1.2l5.8 2v4.2c0 3.4-2.4 6-5.8 7.4-3.4-1.4-5.8-4-5.8-7.4V3.2z';

const tick = 'M4.9 8.3l2.2 2.2 4.1-4.7';
const cross = 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8';
const hands = 'M8 4.4V8l2.6 1.6';
const question = 'M6.2 6.4a1.8 1.8 0 1 1 2.7 1.5c-.6.4-.9.7-.9 1.4M8 11.3v.1';
const exclamation = 'M8 4.6v4M8 11.2v.1';
const dash = 'M5.2 8h5.6';
const bars = 'M6 5v6M10 5v6';

/** `full` is filled and its sign cut out; `hollow` has an outline. */
type Shape = readonly [kind: 'full' | 'hollow', outline: string, sign: string];

const outcomeShape: Readonly<Record<Outcome, Shape>> = {
  pass: ['full', circle, tick],
  fail: ['full', octagon, cross],
  pending: ['hollow', circle, hands],
  unknown: ['hollow', diamond, question],
  waived: ['hollow', shield, exclamation],
  'not-applicable': ['hollow', circle, dash],
};

const decisionShape: Readonly<Record<Decision, Shape>> = {
  go: ['full', circle, tick],
  hold: ['full', square, bars],
  'no-go': ['full', octagon, cross],
};

/** The sign of an outcome; its word stands beside it. */
export function outcomeIcon(outcome: Outcome): Markup {
  return drawn(outcomeShape[outcome]);
}

export function decisionIcon(decision: Decision): Markup {
  return drawn(decisionShape[decision]);
}

/** Where a road has been, is, and leads. */
export function stepIcon(state: 'past' | 'current' | 'ahead'): Markup {
  switch (state) {
    case 'past':
      return drawn(['full', circle, tick]);
    case 'current':
      return drawn(['hollow', circle, 'M8 6.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z']);
    case 'ahead':
      return drawn(['hollow', circle, '']);
  }
}

function drawn([kind, outline, sign]: Shape): Markup {
  const paths = `<path class="${kind}" d="${outline}"/>${sign === '' ? '' : `<path class="sign" d="${sign}"/>`}`;
  return el(
    'svg',
    { class: `icon ${kind}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    constant(paths),
  );
}
