import { once } from '../../model/once.ts';

/** Where the text stands: in a table `\|` is a pipe even inside code; a paragraph may have line ends in it. */
export type TextPlace = 'cell' | 'heading' | 'paragraph';

/**
 * The plain text of a cell or heading if its markup is simple: escapes, code spans, one emphasis around the whole.
 * Undefined if only a full Markdown parser can tell. The document must have no link or footnote definitions.
 */
export function plainText(raw: string, place: TextPlace): string | undefined {
  if (!special.test(raw)) return raw;
  const wrapped = delimiter.test(raw) ? emphasized().exec(raw) : null;
  if (wrapped && !address.test(raw)) return wrapped[2];
  if (raw.includes('](') || raw.includes('\\\n') || html.test(raw) || entity.test(raw)) return undefined;
  // A literal web or mail address takes escapes and code into itself.
  if (/[\\`]/.test(raw) && address.test(raw)) return undefined;
  return readInline(raw, place);
}

const special = /[\\`*_[<&~]/;
const delimiter = /^[*_~]/;
// Built when it is first needed: what lies behind `\p` takes a millisecond.
const emphasized = once(() => /^(\*\*|\*|__|_|~~)([\p{L}\p{N}](?:[^\\`*_[\]<>&~]*[\p{L}\p{N}])?)\1$/u);
const html = /<[A-Za-z/!?]/;
const entity = /&(?:#|[A-Za-z])[0-9A-Za-z]*;/;
const address = /:\/\/|www\.|@|mailto:|xmpp:/i;
const punctuation = /[!-/:-@[-`{-~]/;
const wordCharacter = /[A-Za-z0-9]/;
/** Each unmatched run of backticks looks through the rest of the text. */
const maxRuns = 24;

function readInline(raw: string, place: TextPlace): string | undefined {
  let text = '';
  const runs: Record<string, number> & { '`': number } = { '`': 0, '*': 0, _: 0, '~': 0 };
  for (let at = 0; at < raw.length; ) {
    const character = raw.charAt(at);
    if (character === '\\') {
      const escaped = punctuation.test(raw.charAt(at + 1));
      text += escaped ? raw.charAt(at + 1) : character;
      at += escaped ? 2 : 1;
      continue;
    }
    const length = runs[character] === undefined ? 1 : runLength(raw, at, character);
    const after = at + length;
    if (character === '`') {
      if (++runs['`'] > maxRuns) return undefined;
      const code = readCode(raw, after, length);
      if (code?.content.includes('\n')) return undefined;
      text += code ? codeText(code.content, place) : raw.slice(at, after);
      at = code ? code.after : after;
      continue;
    }
    // A lone run of delimiters has no partner and is text; of two the full parser must say what they are.
    if (runs[character] !== undefined && !isInsideWord(raw, at, after, character)) {
      if (++runs[character] > 1) return undefined;
    }
    text += raw.slice(at, after);
    at = after;
  }
  return text;
}

/** An underscore between two letters or digits (`AUTH_MODE`) is always text. */
function isInsideWord(raw: string, from: number, after: number, character: string): boolean {
  return (
    character === '_' && wordCharacter.test(raw.charAt(from - 1)) && wordCharacter.test(raw.charAt(after))
  );
}

function runLength(raw: string, from: number, character: string): number {
  let at = from + 1;
  while (raw.charAt(at) === character) at++;
  return at - from;
}

/** The code span whose opening run of `length` backticks ends at `from`; it ends at the next run of equal length. */
function readCode(raw: string, from: number, length: number): { content: string; after: number } | undefined {
  for (let at = raw.indexOf('`', from); at >= 0; ) {
    const closing = runLength(raw, at, '`');
    if (closing === length) return { content: raw.slice(from, at), after: at + closing };
    at = raw.indexOf('`', at + closing);
  }
  return undefined;
}

function codeText(content: string, place: TextPlace): string {
  const padded = content.startsWith(' ') && content.endsWith(' ') && /[^ ]/.test(content);
  const inner = padded ? content.slice(1, -1) : content;
  return place === 'cell'
    ? inner.replace(/\\([\\|])/g, (pair, escaped) => (escaped === '|' ? '|' : pair))
    : inner;
}
