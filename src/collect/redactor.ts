import { createRedactor, type Redactor } from './redact.ts';

const nothingHidden: Redactor = {
  text: (text) => text,
  stream: () => ({ push: (chunk) => chunk, end: () => '' }),
};

/** Hides these values in text. Where there are none, as in most runs, what finds them is not even loaded. */
export function redactorOf(secrets: readonly string[]): Redactor {
  return secrets.length === 0 ? nothingHidden : createRedactor(secrets);
}
