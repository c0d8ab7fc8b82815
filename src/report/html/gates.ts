import type { GateReport, RuleReport } from '../../model/verdict.ts';
import { byOpenness, tally } from '../ruleOrder.ts';
import { type Content, el, type Markup } from './element.ts';
import { heading, type HtmlPage, type Part, tableMarkup } from './page.ts';
import { ruleMarkup, settledCells, settledColumns } from './rule.ts';
import { code, decisionMark, earliestMarkup } from './words.ts';

/** Rules by gate: first what decides, then the outlook. */
export function gateParts(page: HtmlPage): readonly (Part | undefined)[] {
  return [
    gatesPart(page, { role: 'decides', name: 'rules', title: 'Rules that decide' }),
    gatesPart(page, { role: 'outlook', name: 'outlook', title: 'Outlook: does not change the decision' }),
  ];
}

function gatesPart(
  page: HtmlPage,
  { role, name, title }: { role: GateReport['role']; name: string; title: string },
): Part | undefined {
  const gates = page.verdict.gates.filter((gate) => gate.role === role);
  if (gates.length === 0 && role === 'outlook') return undefined;
  const none = el('p', {}, 'No gate was judged, so nothing can be go.');
  return { name, title, content: gates.length === 0 ? none : gates.map((gate) => gateMarkup(page, gate)) };
}

function gateMarkup(page: HtmlPage, gate: GateReport): Markup {
  const later = gate.after !== undefined && gate.after.length > 0;
  const rules = byOpenness(gate.rules);
  const open = rules.filter((rule) => !isSettled(rule));
  const settled = rules.filter(isSettled);
  return el(
    'section',
    { class: 'gate' },
    heading(
      page,
      1,
      {},
      decisionMark(gate.decision),
      ' ',
      code(gate.id),
      el('span', { class: 'faint' }, ` ${tally(rules)}`),
    ),
    ...notesOf(page, gate).map((note) => el('p', { class: 'note' }, note)),
    open.map((rule) => ruleMarkup(page, rule, later)),
    settled.length === 0 ? undefined : settledMarkup(page, gate, settled),
  );
}

function isSettled({ outcome }: RuleReport): boolean {
  return outcome === 'pass' || outcome === 'not-applicable';
}

/** INVARIANT: open from the start, so that it is printed by browsers that print nothing of what is folded. */
function settledMarkup(page: HtmlPage, gate: GateReport, rules: readonly RuleReport[]): Markup {
  const title = `${rules.length} settled ${rules.length === 1 ? 'rule' : 'rules'}`;
  const rows = rules.map((rule) => ({ id: page.anchors.get(rule), cells: settledCells(page, rule) }));
  return el(
    'details',
    { open: '' },
    el('summary', {}, title),
    tableMarkup(`Settled rules of ${gate.id}`, settledColumns, rows),
  );
}

function notesOf(page: HtmlPage, gate: GateReport): readonly Content[] {
  const ids = (names: readonly string[]) => names.map((name, index) => [index === 0 ? '' : ', ', code(name)]);
  return [
    ...(gate.after === undefined || gate.after.length === 0
      ? []
      : [['Its turn comes after ', ids(gate.after), '.']]),
    ...(gate.earliest === undefined
      ? []
      : [
          [
            'Can go ',
            earliestMarkup(page, gate.earliest),
            gate.alsoNeeds.length === 0 ? '.' : ', as far as time goes.',
          ],
        ]),
    ...(gate.alsoNeeds.length === 0
      ? []
      : [['Needs ', ids(gate.alsoNeeds), ', which waiting does not help.']]),
  ];
}
