import type { Citation, RuleReport, Verdict } from '../model/verdict.ts';
import type { Entry } from './bearing.ts';
import { amount, progress } from './values.ts';
import { clockTime, glue } from './when.ts';

/** A labelled fact of a rule, as reports list them. */
export type Fact = readonly [label: string, text: string];

/** Everything that helps with a rule, in the order in which people read it. The verdict has been made plain before. */
export function ruleFacts({ verdict, gate, rule }: Entry): readonly Fact[] {
  const { code, message, waiver } = rule;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['title', rule.title],
    ['why', `${message} (${code})`],
    ['waiver', waiver && `${waiver.id} covers ${waiver.outcome} until ${waiver.expires}`],
    ['observed', observedText(rule)],
    ['required', requiredText(rule)],
    ['where', placesOf(entryCites(rule), verdict).join(', ') || undefined],
    ['rule', `${rule.at.path}:${rule.at.line}`],
    ['to do', todoOf(rule)],
    ['can pass', gate.after === undefined ? earliestText(rule, verdict) : undefined],
    ['rationale', rule.rationale],
    ['source', rule.source],
    ['controls', rule.controls?.join(', ')],
  ];
  return facts.filter((fact): fact is Fact => fact[1] !== undefined && fact[1] !== '');
}

export function observedText({ observed, required, unit }: RuleReport): string | undefined {
  if (observed === undefined) return undefined;
  const both = required === undefined ? undefined : progress(observed, required, unit);
  return typeof observed === 'number'
    ? (both ?? amount(observed, unit)).replaceAll(glue, ' ')
    : amount(observed, unit);
}

export function requiredText(rule: RuleReport): string {
  return rule.demand !== '' || rule.required === undefined ? rule.demand : amount(rule.required, rule.unit);
}

/** The policy's own words on what to do; those of a metric are about what it shows, and meant for nothing else. */
export function remedyOf({ remediation, outcome, code, cites }: RuleReport): string | undefined {
  const measures = /^(metric|samples|server)\./.test(code) || cites.some(({ query }) => query !== undefined);
  return measures && outcome !== 'fail' ? undefined : remediation;
}

/** What to do next about an open rule. */
export function todoOf(rule: RuleReport): string | undefined {
  if (rule.outcome === 'pass' || rule.outcome === 'not-applicable') return undefined;
  const parts = [rule.todo, remedyOf(rule)].filter((text) => text !== undefined && text !== '');
  return parts.length > 0 ? parts.join('; ') : undefined;
}

function earliestText({ earliest }: RuleReport, { policy }: Verdict): string | undefined {
  return earliest === undefined
    ? undefined
    : `${clockTime(earliest, policy.timezone).replaceAll(glue, ' ')} at the earliest`;
}

/** The rule's own citations and those of its parts. */
export function entryCites({ cites, parts }: RuleReport): readonly Citation[] {
  return [...cites, ...(parts ?? []).flatMap((part) => part.cites)];
}

const mostPlaces = 10;

/** Where citations point: `path:line`, a command, a query, or the evidence by its name. */
export function placesOf(cites: readonly Citation[], { evidence }: Verdict): readonly string[] {
  const places = cites.map((cite) => {
    const path = cite.path ?? evidence.find(({ id }) => id === cite.evidence)?.path;
    if (path !== undefined) return `${path}${cite.line === undefined ? '' : `:${cite.line}`}`;
    if (cite.command !== undefined) return `\`${cite.command.join(' ')}\``;
    return cite.query === undefined ? cite.evidence : `\`${cite.query}\``;
  });
  const distinct = [...new Set(places)];
  const more = distinct.length > mostPlaces ? [`and ${distinct.length - mostPlaces} more`] : [];
  return [...distinct.slice(0, mostPlaces), ...more];
}
