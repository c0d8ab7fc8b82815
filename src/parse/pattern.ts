import { RE2JS } from 're2js';

/** A pattern in RE2 syntax with exactly one capture: linear in the text, whatever the pattern (R35). */
export interface Pattern {
  /** What each match captured, in order; matches in which the capture took no part are left out. */
  captures(text: string): Iterable<{ value: string; at: number }>;
}

const longest = 1000;

/** Undefined if the text is no RE2 pattern, is longer than 1,000 characters, or has not exactly one capture. */
export function compilePattern(source: string): Pattern | undefined {
  if (source === '' || source.length > longest) return undefined;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch {
    // What the engine says may quote the pattern; that it does not compile is all there is to know.
    return undefined;
  }
  if (compiled.groupCount() !== 1) return undefined;
  return {
    *captures(text) {
      const matcher = compiled.matcher(text);
      while (matcher.find()) {
        const value = matcher.group(1);
        if (typeof value === 'string') yield { value, at: matcher.start(1) };
      }
    },
  };
}
