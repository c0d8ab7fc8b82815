import type { Decision, Outcome } from '../model/outcome.ts';
import type { RenderOptions } from './index.ts';

/** Colours and symbols. Every symbol stands beside its word, so nothing is lost without colour or Unicode. */
export interface Ink {
  strong(text: string): string;
  faint(text: string): string;
  outcome(outcome: Outcome, text: string): string;
  decision(decision: Decision, text: string): string;
  symbol(outcome: Outcome): string;
  ellipsis: string;
  rule: string;
  /** What is done and what is left in a bar. */
  bar: readonly [full: string, empty: string];
  /** A day without anything. */
  dot: string;
  /** Between the steps of a road. */
  arrow: string;
  /** Steps of a road that are past, current and ahead. */
  steps: readonly [past: string, current: string, ahead: string];
}

const outcomeColor: Readonly<Record<Outcome, string>> = {
  pass: '32',
  fail: '1;31',
  pending: '33',
  unknown: '35',
  waived: '36',
  'not-applicable': '2',
};

const decisionColor: Readonly<Record<Decision, string>> = { go: '1;32', hold: '1;33', 'no-go': '1;31' };

const unicodeSymbol: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✗',
  pending: '…',
  unknown: '?',
  waived: '!',
  'not-applicable': '–',
};

const asciiSymbol: Readonly<Record<Outcome, string>> = {
  pass: '+',
  fail: 'x',
  pending: '~',
  unknown: '?',
  waived: '!',
  'not-applicable': '-',
};

export function createInk(options: RenderOptions): Ink {
  const paint = (code: string, text: string): string =>
    options.color && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  const symbols = options.unicode ? unicodeSymbol : asciiSymbol;
  return {
    strong: (text) => paint('1', text),
    faint: (text) => paint('2', text),
    outcome: (outcome, text) => paint(outcomeColor[outcome], text),
    decision: (decision, text) => paint(decisionColor[decision], text),
    symbol: (outcome) => symbols[outcome],
    ellipsis: options.unicode ? '…' : '...',
    rule: options.unicode ? '─' : '-',
    bar: options.unicode ? ['█', '░'] : ['#', '.'],
    dot: options.unicode ? '·' : '.',
    arrow: options.unicode ? '→' : '->',
    steps: options.unicode ? ['✓', '●', '○'] : ['+', '*', 'o'],
  };
}
