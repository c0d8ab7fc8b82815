import type { Citation, RuleReport, Verdict } from '../model/verdict.ts';
import { amount } from './values.ts';

export function requiredText(rule: RuleReport): string {
  return rule.demand !== '' || rule.required === undefined ? rule.demand : amount(rule.required, rule.unit);
}

/** What to do next about an open rule. */
export function todoOf({ todo, remediation, outcome }: RuleReport): string | undefined {
  if (outcome === 'pass' || outcome === 'not-applicable') return undefined;
  const parts = [todo, remediation].filter((text) => text !== undefined && text !== '');
  return parts.length > 0 ? parts.join('; ') : undefined;
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
