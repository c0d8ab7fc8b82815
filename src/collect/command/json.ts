import { StringDecoder } from 'node:string_decoder';
import type { Json } from '../../model/json.ts';

/** Bytes of standard output that are read as JSON at most. */
const jsonCap = 1024 * 1024;
const deepest = 64;

export type JsonReading = { ok: true; value: Json } | { ok: false; why: string };

/** Collects standard output and reads it as one JSON value. */
export function jsonReader(): { take: (chunk: Buffer) => void; end: () => JsonReading } {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let bytes = 0;
  return {
    take: (chunk) => {
      bytes += chunk.length;
      if (bytes <= jsonCap) text += decoder.write(chunk);
    },
    end: () => {
      if (bytes > jsonCap)
        return { ok: false, why: 'the output is longer than 1 MB, so it is not read as JSON' };
      return readJson(text + decoder.end());
    },
  };
}

function readJson(text: string): JsonReading {
  try {
    const value = JSON.parse(text) as Json;
    const fault = faultOf(value, 0);
    return fault === undefined ? { ok: true, value } : { ok: false, why: fault };
  } catch {
    // The message of JSON.parse shows a part of the text (R24).
    return { ok: false, why: 'the output is no JSON' };
  }
}

/** What evidence cannot hold although JSON.parse takes it: it could have no digest. */
function faultOf(value: Json, depth: number): string | undefined {
  if (depth > deepest) return `the output is nested deeper than ${deepest} levels`;
  if (typeof value === 'number' && !Number.isFinite(value))
    return 'the output holds a number that is too large';
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) return 'the output holds half a character';
  if (typeof value !== 'object' || value === null) return undefined;
  const parts: readonly Json[] = [
    ...Object.values(value),
    ...(Array.isArray(value) ? [] : Object.keys(value)),
  ];
  for (const part of parts) {
    const fault = faultOf(part, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
