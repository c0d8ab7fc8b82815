import type { Json } from '../model/json.ts';
import { buildAutomaton } from './redact/automaton.ts';
import { decoder, type Stage } from './redact/decode.ts';
import {
  base64View,
  hexView,
  looseView,
  type Patterns,
  leadByte,
  patternsOf,
  startTable,
} from './redact/forms.ts';
import { createMarks, type Marks } from './redact/marks.ts';
import { matcher, wordMatcher } from './redact/match.ts';
import { createReader, type Reader } from './redact/reader.ts';

/** Hides secrets in text, in every form that `docs/reference/secrets.md` lists. */
export interface Redactor {
  text: (text: string) => string;
  /** For text that comes in pieces: no secret is missed because a border runs through it. */
  stream: () => RedactorStream;
}

export interface RedactorStream {
  /** Takes the next piece and gives back what is certain by now; the rest is kept until more is known. */
  push: (chunk: string) => string;
  /** Gives back the rest. The stream can then be used for another text. */
  end: () => string;
}

/** Text of which no more than this may be kept back: beyond it, characters between the parts of a secret win. */
const longestHold = 1 << 20;

export function createRedactor(secrets: readonly string[]): Redactor {
  const patterns = patternsOf(secrets);
  if (patterns.plain.length === 0 && patterns.words.length === 0) {
    return { text: (text) => text, stream: () => ({ push: (chunk) => chunk, end: () => '' }) };
  }
  const open = streamOpener(patterns);
  // One stream serves all texts: it is as new after each end.
  const own = open();
  return { text: (text) => own.push(text) + own.end(), stream: open };
}

/** The value with every text in it redacted, and each number or key that spells a secret as well. */
export function redactJson(redactor: Redactor, value: Json): Json {
  if (typeof value === 'string') return redactor.text(value);
  if (typeof value === 'number') {
    const text = redactor.text(String(value));
    return text === String(value) ? value : text;
  }
  if (value === null || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item: Json) => redactJson(redactor, item));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redactor.text(key), redactJson(redactor, item)]),
  );
}

function streamOpener(patterns: Patterns): () => RedactorStream {
  const automata = {
    plain: buildAutomaton(patterns.plain),
    loose: buildAutomaton(patterns.loose),
    unescaped: buildAutomaton(patterns.unescaped),
    hex: buildAutomaton(patterns.hex),
    base64: buildAutomaton(patterns.base64),
  };
  const starts = startTable(patterns);
  return () => {
    const marks = createMarks();
    const plain = matcher(automata.plain, marks.add);
    const hex = hexView(matcher(automata.hex, marks.add));
    const base64 = base64View(matcher(automata.base64, marks.add));
    const loose = looseView(matcher(automata.loose, marks.add));
    const odd = patterns.unescaped.length > 0;
    const unescaped = odd ? both(loose, matcher(automata.unescaped, marks.add)) : loose;
    const reader = createReader({
      plain: patterns.words.length > 0 ? both(plain, wordMatcher(patterns.words, marks.add)) : plain,
      shown: decoder(both(unescaped, both(hex, base64))),
    });
    return createStream(reader, marks, starts);
  };
}

function both(one: Stage, other: Stage): Stage {
  return {
    feed: (byte, start, end) => {
      one.feed(byte, start, end);
      other.feed(byte, start, end);
    },
    held: () => Math.min(one.held(), other.held()),
    end: () => {
      one.end();
      other.end();
    },
  };
}

function createStream(reader: Reader, marks: Marks, starts: Uint8Array): RedactorStream {
  // `text` is what has not been given back; it begins at offset `base` of the whole text, which is `at` long so far.
  let text = '';
  let base = 0;
  let at = 0;
  let resting = true;
  const release = (safe: number): string => {
    if (safe <= base) return '';
    const out = marks.take(text, base, safe);
    text = text.slice(safe - base);
    base = safe;
    return out;
  };
  const settle = (): number => {
    reader.end(at);
    resting = true;
    return at;
  };
  return {
    push: (chunk) => {
      text += chunk;
      for (let i = 0; i < chunk.length; i++, at++) {
        const code = chunk.charCodeAt(i);
        if (resting && starts[code < 0x80 ? code : leadByte(code)] === 0) continue;
        reader.push(code, at);
        resting = reader.idle() && reader.held(at + 1) === Number.POSITIVE_INFINITY;
      }
      const safe = Math.min(at, reader.held(at));
      return release(at - safe > longestHold ? settle() : safe);
    },
    end: () => {
      const out = release(settle());
      at = 0;
      base = 0;
      marks.clear();
      return out;
    },
  };
}
