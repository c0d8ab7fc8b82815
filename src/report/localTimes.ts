import { clockTime } from './when.ts';

/** Words in backticks are the user's: they stay as they are. */
const quotedOrInstant = /`[^`]*`|(?<![\w.:-])\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?![\w:-])/g;

/** Keys whose texts the program words itself. */
const worded: ReadonlySet<string> = new Set(['message', 'todo']);

/**
 * A verdict, or a part of one, whose messages tell instants as the rest of a page does: in the policy's zone, by name.
 * Files keep UTC; this is for people alone.
 */
export function withLocalTimes<T>(value: T, zone: string): T {
  return walk(value, zone) as T;
}

function walk(value: unknown, zone: string): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, zone));
  if (typeof value !== 'object' || value === null) return value;
  // A null prototype, so that a key `__proto__` is a key like any other.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value))
    copy[key] = worded.has(key) && typeof item === 'string' ? localText(item, zone) : walk(item, zone);
  return copy;
}

/** `the waiver ended at Fri 2026-02-27 00:00 UTC`. */
export function localText(text: string, zone: string): string {
  return text.replace(quotedOrInstant, (found) => (found.startsWith('`') ? found : clockTime(found, zone)));
}
