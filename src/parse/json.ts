import type { Json } from '../model/json.ts';
import { pointerSteps } from '../model/pointer.ts';
import { findInJson } from './jsonPlace.ts';
import { readQuickly } from './jsonQuick.ts';
import { readStrictly } from './jsonStrict.ts';

/** A JSON text read strictly, or where and why it was refused. No text of the file is part of the message. */
export type JsonReading =
  | {
      ok: true;
      value: Json;
      /** The line on which the value at a pointer (RFC 6901) begins, if there is one. */
      lineOf(pointer: string): number | undefined;
    }
  | { ok: false; line: number; message: string };

export interface JsonLimits {
  /** Greatest number of lists and objects inside each other. */
  depth?: number;
}

/**
 * Reads RFC 8259 JSON with what the RFC leaves open decided for safety: a name that stands twice in one object is
 * refused (readers differ on which counts), as are numbers beyond the finite, lone surrogates and great depth. Objects
 * have no prototype, so `__proto__` is a name like any other.
 */
export function parseJson(text: string, { depth = 64 }: JsonLimits = {}): JsonReading {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const quick = readQuickly(source, depth);
  if (quick !== undefined) return readingOf(quick, source);
  const strict = readStrictly(source, depth);
  if (strict.ok) return readingOf(strict.value, source);
  return { ok: false, line: lineAt(source, strict.at), message: strict.message };
}

function readingOf(value: Json, source: string): JsonReading {
  return {
    ok: true,
    value,
    lineOf(pointer) {
      const found = findInJson(source, pointerSteps(pointer));
      return found === undefined ? undefined : lineAt(source, found);
    },
  };
}

function lineAt(source: string, offset: number): number {
  let line = 1;
  for (let i = source.indexOf('\n'); i >= 0 && i < offset; i = source.indexOf('\n', i + 1)) line++;
  return line;
}
