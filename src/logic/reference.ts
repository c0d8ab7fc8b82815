import jsonLogic from 'json-logic-js';
import type { Json } from '../model/json.ts';
import type { LogicScope } from './closure.ts';
import { hiddenUnknown } from './value.ts';

// Nothing but judging: `log` prints. (`method` is not part of json-logic-js 2.)
jsonLogic.rm_operation('log');
jsonLogic.add_operation('count', (list) => (Array.isArray(list) ? list.length : 0));

export type ReferenceResult = { judged: true; value: unknown } | { judged: false };

/** What json-logic-js makes of a rule over plain data. It knows no third value: only known answers can be compared. */
export function referenceLogic(rule: Json, data: unknown): ReferenceResult {
  try {
    return { judged: true, value: jsonLogic.apply(rule, data) };
  } catch {
    // Its errors (an unknown operator, a list where none is) carry text of the rule and say nothing we could use.
    return { judged: false };
  }
}

/** The truth of a value as json-logic-js sees it: "", 0, NaN, null and [] are false. */
export function referenceTruth(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/**
 * The same over evidence, for a second opinion on a rule whose reads are all known: the paths it reads are laid out as
 * nested data. Not judged if something in them is not known, or if the two could read a key with a dot differently.
 */
export function referenceOver(rule: Json, reads: readonly string[], scope: LogicScope): ReferenceResult {
  const data = emptyLayout();
  const layouts = new WeakSet<object>([data]);
  // In sorted order a list (`smoke`) is laid out before what hangs on it (`smoke.count`).
  for (const path of [...reads].sort()) {
    const reading = scope.read(path);
    if (!reading.known || hiddenUnknown(reading.value, path) || hasDottedKey(reading.value))
      return { judged: false };
    if (!layOut({ at: data, layouts }, path.split('.'), reading.value)) return { judged: false };
  }
  return referenceLogic(rule, data);
}

type Layout = Record<string, unknown>;

const emptyLayout = (): Layout => Object.create(null) as Layout;

function hasDottedKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.includes('.') || hasDottedKey(inner));
}

/** INVARIANT: only objects and lists made here (`layouts`) are written to, never evidence. */
function layOut(
  place: { at: Layout; layouts: WeakSet<object> },
  keys: readonly string[],
  value: Json,
): boolean {
  let { at } = place;
  for (const [i, key] of keys.entries()) {
    if (!Object.hasOwn(at, key)) {
      if (!place.layouts.has(at)) return false;
      const made =
        i < keys.length - 1 ? emptyLayout() : Array.isArray(value) ? [...(value as unknown[])] : value;
      if (typeof made === 'object' && made !== null && made !== value) place.layouts.add(made);
      at[key] = made;
    }
    const next = at[key];
    if (i === keys.length - 1) return true;
    if (typeof next !== 'object' || next === null) return false;
    at = next as Layout;
  }
  return false;
}
