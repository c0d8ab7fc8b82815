import type {
  CodeExplanation,
  Explanation,
  PredicateReport,
  ReadReport,
  RuleExplanation,
  SourceReport,
} from '../model/explanation.ts';
import type { Citation } from '../model/verdict.ts';
import { plainAll, withoutCommands } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { createInk } from './ink.ts';
import { forPeople } from './localTimes.ts';
import { labelled, outcomeLines, outcomeWord, type RulePage } from './pretty-rule.ts';
import { valueText } from './values.ts';
import { clockTime, glue } from './when.ts';
import { clip, wrap } from './wrap.ts';

/** What `soakgate explain` prints for people; the text ends with a line break. */
export function explanationText(explanation: Explanation, options: RenderOptions): string {
  const ink = createInk(options);
  const width = Math.max(40, options.width) - 1;
  const lines =
    explanation.of === 'rule'
      ? ruleText(forPeople(explanation, explanation.policy.timezone), { ink, width })
      : codeText(plainAll(explanation), { ink, width });
  // INVARIANT: everything drawn was made plain above, and no line can be taken for a command of a CI runner.
  return withoutCommands(`${lines.join('\n').replaceAll(glue, ' ')}\n`);
}

type Drawing = Pick<RulePage, 'ink' | 'width'>;

function ruleText(told: RuleExplanation, drawing: Drawing): readonly string[] {
  const { ink, width } = drawing;
  const { rule, policy, evaluatedAt, sources } = told;
  const page: RulePage = { ...drawing, verdict: { evaluatedAt, policy, evidence: sources } };
  const outcome = `${ink.symbol(rule.outcome)} ${outcomeWord(rule.outcome)}`;
  const judged = `${told.evidenceMode === 'as-of' ? 'as of' : 'judged'} ${clockTime(evaluatedAt, policy.timezone)}`;
  return [
    ink.strong(rule.id),
    ...wrap(rule.title, width - 2).map((line) => `  ${line}`),
    '',
    ...demandLines(page, told),
    ...titled(page, 'Last outcome', [
      ...wrap(`${outcome}, ${judged}`, width - 4).map((line) => `    ${ink.outcome(rule.outcome, line)}`),
      ...outcomeLines(page, rule),
    ]),
    ...titled(page, 'What it looked at', predicateLines(page, told.predicates)),
    ...titled(
      page,
      'What resets or delays it',
      told.resets.flatMap((text) => hung(text, width, '    - ')),
    ),
    ...titled(
      page,
      'Sources',
      sources.flatMap((source) => sourceLines(page, source)),
    ),
  ];
}

function titled(page: RulePage, title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `  ${page.ink.strong(title)}`, ...lines];
}

/** A paragraph behind a mark, its other lines under its first word. */
function hung(text: string, width: number, mark: string): readonly string[] {
  return wrap(text, width - mark.length).map(
    (line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line,
  );
}

const roles: Readonly<Record<RuleExplanation['gate']['role'], string>> = {
  decides: 'decides in a bare `check` now',
  outlook: 'outlook in a bare `check` now',
  aside: 'takes no part in a bare `check` now',
};

function demandLines(page: RulePage, told: RuleExplanation): readonly string[] {
  const { rule, gate, policy } = told;
  const turn = gate.after === undefined ? '' : `; its turn comes after ${gate.after.join(', ')}`;
  const severity = {
    error: 'error: it decides',
    warning: 'warning: it is shown and never decides',
    note: 'note: it is shown and never decides',
  }[rule.severity];
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['demands', rule.demand],
    ['when', told.when === undefined ? undefined : `only if ${told.when}`],
    ['severity', severity],
    ['gate', `${gate.id}, ${gate.means}; ${roles[gate.role]}${turn}`],
    ['because', rule.rationale],
    ['remedy', rule.remediation],
    ['source', rule.source],
    ['controls', rule.controls?.join(', ')],
    ['stands', `${rule.at.path}:${rule.at.line} (${policy.name} ${policy.version})`],
  ];
  return entries.flatMap(([label, text]) => (text === undefined ? [] : labelled(page, label, text)));
}

/** Predicates over the evidence one by one, those over rows under their row. */
function predicateLines(page: RulePage, predicates: readonly PredicateReport[]): readonly string[] {
  const rows = new Map<string, PredicateReport[]>();
  const lines: string[] = [];
  for (const predicate of predicates) {
    const { row, says, result, reads } = predicate;
    if (row === undefined) {
      lines.push(...hung(`${says}: ${result} (${asked(predicate)})`, page.width, '    - '));
      lines.push(...reads.flatMap((read) => hung(readText(read), page.width, '      ')));
    } else rows.set(placeText(row), [...(rows.get(placeText(row)) ?? []), predicate]);
  }
  for (const [place, asking] of rows) {
    const cells = [...new Set(asking.flatMap(({ reads }) => reads.map(readText)))];
    const said = asking.map((one) => `${asked(one)} ${one.says}: ${one.result}`);
    lines.push(...hung(`${place}: ${cells.join(', ')}`, page.width, '    - '));
    lines.push(...said.flatMap((line) => hung(line, page.width, '      ')));
  }
  return lines;
}

function asked({ of, part }: PredicateReport): string {
  return part === undefined ? of : `${of} of part ${part}`;
}

function readText(read: ReadReport): string {
  const from = read.from === undefined ? '' : `, from ${placeText(read.from)}`;
  if (read.unknown !== undefined) {
    const { message, code } = read.unknown;
    return `${message ?? `\`${read.path}\` is unknown`} (${code})${from}`;
  }
  const seen =
    read.elements === undefined
      ? clip(valueText(read.value ?? null), 200, '…')
      : `${read.elements} ${read.elements === 1 ? 'element' : 'elements'}`;
  return `${read.path} = ${seen}${from}`;
}

function placeText({ path, line, evidence }: Citation): string {
  if (path === undefined) return evidence;
  return line === undefined ? path : `${path}:${line}`;
}

function sourceLines(page: RulePage, source: SourceReport): readonly string[] {
  const { id, kind, status, collectedAt, origin, description, at, cites } = source;
  const { timezone } = page.verdict.policy;
  const state =
    status === 'observed'
      ? `${origin === 'imported' ? 'imported, ' : ''}collected ${clockTime(collectedAt ?? '', timezone)}`
      : `absent: ${source.message ?? ''} (${source.code ?? ''})`;
  const places = [...new Set(cites.filter(({ line }) => line !== undefined).map(placeText))];
  const declared = at === undefined ? [] : [`declared in ${at.path}:${at.line}`];
  const lines = [...(description === undefined ? [] : [description]), state, ...declared, ...places];
  return [
    ...hung(`${id} (${kind}): ${source.looksAt}`, page.width, '    - '),
    ...lines.flatMap((line) => hung(line, page.width, '      ')),
  ];
}

function codeText(told: CodeExplanation, drawing: Drawing): readonly string[] {
  const { width, ink } = drawing;
  const entries: readonly (readonly [string, string])[] = [
    ['means', told.meaning],
    ['given by', told.givenBy],
    ['to do', told.todo],
  ];
  return [
    ink.strong(told.code),
    ...entries.flatMap(([label, text]) => hung(text, width, `  ${label.padEnd(10)}`)),
  ];
}
