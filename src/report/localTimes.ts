import { plain } from './escape.ts';
import { mapTexts } from './mapTexts.ts';
import { clockTime } from './when.ts';

/** Words in backticks are the user's: they stay as they are. */
const quotedOrInstant = /`[^`]*`|(?<![\w.:-])\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?![\w:-])/g;

/** Keys whose texts the program words itself. */
const worded: ReadonlySet<string> = new Set(['message', 'todo']);

/**
 * A verdict, or a part of one, as a page for people shows it: plain (R38), and its messages tell instants as the rest of
 * the page does, in the policy's zone, by name. Files keep UTC.
 */
export function forPeople<T>(value: T, zone: string): T {
  return mapTexts(value, {
    key: plain,
    text: (text, key) => {
      const told = plain(text);
      return key !== undefined && worded.has(key) ? localText(told, zone) : told;
    },
  });
}

/** `the waiver ended at Fri 2026-02-27 00:00 UTC`. */
export function localText(text: string, zone: string): string {
  return text.replace(quotedOrInstant, (found) => (found.startsWith('`') ? found : clockTime(found, zone)));
}
