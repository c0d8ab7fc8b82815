import { reasonOf } from '../model/reasonOf.ts';
import type { RuleReport } from '../model/verdict.ts';
import { citeText, outcomeWord, type Page, whenText } from './pretty-rule.ts';
import { remedyOf } from './ruleFacts.ts';
import { decidingCommand, missing } from './status-facts.ts';
import { clip, columns, pad, wrap } from './wrap.ts';

const mostItems = 5;
const indent = ' '.repeat(13);

/** What is missing, first things first, each with what to do about it. */
export function missingLines(page: Page): readonly string[] {
  const items = grouped(missing(page.verdict));
  if (items.length === 0) return [];
  const shown = items.slice(0, mostItems);
  const more = items.length - shown.length;
  const rest = `and ${more} more: ${decidingCommand} shows all`;
  return [
    '',
    page.ink.strong('To do, first things first'),
    ...shown.flatMap((rules) => itemLines(page, rules)),
    ...(more > 0 ? wrap(rest, page.width - 2).map((line) => `  ${line}`) : []),
  ];
}

/** Rules that are open for one and the same reason stand together: one step helps them all. */
export function grouped(rules: readonly RuleReport[]): readonly (readonly RuleReport[])[] {
  const groups = new Map<string, RuleReport[]>();
  for (const rule of rules) {
    const { outcome, code, severity, message, earliest } = rule;
    const reason = code === 'command.not-run' ? [] : [message, earliest, todoOf(rule)];
    const key = JSON.stringify([outcome, code, severity, ...reason]);
    const group = groups.get(key) ?? [];
    group.push(rule);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function itemLines(page: Page, rules: readonly RuleReport[]): readonly string[] {
  const [rule] = rules;
  if (rule === undefined) return [];
  const { ink } = page;
  const mark = ink.outcome(
    rule.outcome,
    `  ${ink.symbol(rule.outcome)} ${pad(outcomeWord(rule.outcome), 8)} `,
  );
  const ids = rules.map(({ id }) => id).join(', ');
  const severity = rule.severity === 'error' ? '' : ` (${rule.severity})`;
  const room = page.width - indent.length;
  const [first = '', ...rest] = shortened(`${ids}${severity}${detailOf(page, rules)}`, room, page);
  const todo = shortened(todoOf(rule), room - 2, page);
  return [
    mark + first,
    ...rest.map((line) => indent + line),
    ...todo.map((line, index) => `${indent}${index === 0 ? '> ' : '  '}${line}`),
  ];
}

/** A fail and an unknown say why; of what is pending the instant matters. */
function detailOf(page: Page, rules: readonly RuleReport[]): string {
  const [rule] = rules;
  // Its ids and what to do say all that there is to say of commands that nobody ran.
  if (rule === undefined || rule.code === 'command.not-run') return '';
  if (rule.outcome === 'pending')
    return rule.earliest === undefined ? '' : `: ${whenText(page, rule.earliest)}`;
  const cite = rules.length > 1 ? undefined : rule.cites.find(({ path }) => path !== undefined);
  const place =
    cite === undefined || rule.message.includes(cite.path ?? '') ? '' : `, ${citeText(page, cite)}`;
  return `: ${rule.message}${place}`;
}

/** What the check says beyond its reason code, then the policy's own words, which know the command to type. */
export function todoOf(rule: RuleReport): string {
  const { todo, code } = rule;
  const remedy = remedyOf(rule);
  const own = todo === reasonOf(code).todo && remedy !== undefined ? undefined : todo;
  return [own, remedy].filter((text) => text !== undefined && text !== '').join('; ');
}

const mostLines = 3;

function shortened(text: string, width: number, { ink }: Page): readonly string[] {
  if (text === '') return [];
  const lines = wrap(text, width);
  if (lines.length <= mostLines) return lines;
  const last = lines[mostLines - 1] ?? '';
  const cut = clip(last, width - columns(ink.ellipsis), '');
  return [...lines.slice(0, mostLines - 1), `${cut}${ink.ellipsis}`];
}
