import type { TestResults } from '../../model/evidence.ts';
import type { ReasonCode } from '../../model/reasons.ts';

/** A test-result file as read, or why it says nothing. `path` is put in by the collector. */
export type ResultsReading =
  | {
      ok: true;
      results: Omit<TestResults, 'path'>;
      /** The commit that the file itself names. */
      commit?: string;
      /** When the run ended, as the file tells it with an offset. */
      endedAt?: number;
    }
  | { ok: false; code: Extract<ReasonCode, 'file.unparsable' | 'tests.none'>; message: string };

export function unparsable(message: string): ResultsReading {
  return { ok: false, code: 'file.unparsable', message };
}

const mostFailures = 20;
// Names are shortened for show only after redaction, which must see a secret whole.
const longestName = 20_000;

/** Keeps the names of the first failures, without line ends. */
export function keepFailure(failures: string[], name: string): void {
  if (failures.length >= mostFailures) return;
  const plain = name.replace(/\s+/g, ' ').trim();
  failures.push(plain === '' ? 'a test without a name' : shorten(plain, longestName));
}

/** Cuts a text to at most `length` units. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  // Never half a character: a cut surrogate pair could not be written as JSON.
  const end = /[\uD800-\uDBFF]/.test(text[length - 2] as string) ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}
