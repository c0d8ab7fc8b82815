import type { LogSpec, Policy } from '../model/policy.ts';

/**
 * The columns of a log whose cells can be asked for. A log of a million rows with a free text in each would fill the
 * memory with texts that no rule reads. INVARIANT: never too few: a column counts as asked for if its name stands
 * anywhere in a rule, a view or a record, and all do if some expression takes rows as they are.
 */
export function keptColumns(policy: Policy, spec: LogSpec): ReadonlySet<string> {
  const { preflight, monitors, phases, exit, records } = policy;
  const texts = new Set<string>();
  gather([preflight, monitors, phases, exit, records, spec.views], texts);
  const names = Object.keys(spec.columns);
  // `{ "var": "" }` is the whole row.
  if (texts.has('')) return new Set(names);
  const all = [...texts].join('\n');
  return new Set(names.filter((name) => all.includes(name)));
}

function gather(value: unknown, texts: Set<string>): void {
  if (typeof value === 'string') texts.add(value);
  else if (Array.isArray(value)) for (const item of value) gather(item, texts);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      texts.add(key);
      gather(item, texts);
    }
  }
}
