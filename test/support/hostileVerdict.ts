import type { Verdict } from '../../src/model/verdict.ts';
import { fullVerdict } from './verdicts.ts';

/** What the program itself words, from closed lists or from instants: no text from outside stands there. */
const ours = new Set([
  ...['apiVersion', 'kind', 'tool', 'evidenceMode', 'dated', 'decision', 'role', 'severity', 'outcome'],
  ...['code', 'status', 'origin', 'state', 'timezone', 'digest', 'unit', 'day', 'tzdata'],
  ...['evaluatedAt', 'validUntil', 'earliest', 'collectedAt', 'from', 'to', 'expires', 'since', 'enteredAt'],
]);

/** A small verdict in which each kind of text that a report can show stands at least once. */
const template: Verdict = {
  ...fullVerdict,
  subject: { ...fullVerdict.subject, environment: 'production', repository: 'team/project' },
  gates: fullVerdict.gates.map((gate) => ({
    ...gate,
    rules: gate.rules
      .filter(({ id }) => /^(flags-explicit|shadow-soak|agent-tests-green|smoke-fail)/.test(id))
      .map((rule) => (rule.id === 'shadow-soak' ? { ...rule, observed: { part: ['a', 'b'] } } : rule)),
  })),
  waivers: fullVerdict.waivers.slice(0, 1),
};

/** The template with every text from outside put in the place of the benign one: the first is text 0, and so on. */
export function verdictOfTexts(textOf: (index: number) => string): Verdict {
  let index = 0;
  const fill = (value: unknown, key: string): unknown => {
    if (ours.has(key)) return value;
    if (typeof value === 'string') return textOf(index++);
    if (Array.isArray(value)) return value.map((item) => fill(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, name)]));
  };
  return fill(template, '') as Verdict;
}
