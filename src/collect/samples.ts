import { parseDotenv } from '../parse/dotenv.ts';
import { decodeText } from '../files/text.ts';
import type { FileBytes, FileFailure } from '../files/workspace.ts';

/**
 * What example files show: a variable with such a value was copied, not set (semantics section 2).
 * INVARIANT: an example file that is there and cannot be read is named, since placeholders cannot be told then.
 */
export interface Samples {
  has(name: string, value: string): boolean;
  unreadable?: string;
}

/** An example file as it was found; one that does not exist is left out. */
export type SampleFile = { path: string; text: string } | { path: string; unreadable: true };

export const sampleCap = 1024 * 1024;

/** Nothing if there is no such file. */
export function sampleFile(path: string, read: FileBytes | FileFailure): readonly SampleFile[] {
  if (!read.ok && read.code === 'file.missing') return [];
  const text = read.ok ? decodeText(read.bytes) : undefined;
  return [text === undefined ? { path, unreadable: true } : { path, text }];
}

export function samplesOf(files: readonly SampleFile[]): Samples {
  const values = new Map<string, Set<string>>();
  let unreadable: string | undefined;
  for (const file of files) {
    if ('unreadable' in file) unreadable ??= file.path;
    else addSamples(values, file.text);
  }
  const has = (name: string, value: string) => values.get(name)?.has(value) ?? false;
  return unreadable === undefined ? { has } : { has, unreadable };
}

/** An empty value in an example file is a blank to fill in, and no sample. */
function addSamples(values: Map<string, Set<string>>, text: string): void {
  for (const [name, { value }] of parseDotenv(text).variables) {
    if (value.trim() === '') continue;
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
}
