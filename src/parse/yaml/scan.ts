import { type Composer, CST, type Document, Lexer, Parser } from 'yaml';

/** Something the loader refuses, by offset in the text. */
export interface Fault {
  code: string;
  message: string;
  from: number;
  to: number;
  hint?: string;
}

/** What is refused as soon as the lexer sees it: none of it is ever needed, and each has misled readers. */
const refused: Partial<Record<NonNullable<ReturnType<typeof CST.tokenType>>, Omit<Fault, 'from' | 'to'>>> = {
  alias: {
    code: 'yaml/alias',
    message: 'aliases are not allowed',
    hint: 'write the value out; put a text that begins with `*` in quotes',
  },
  anchor: {
    code: 'yaml/anchor',
    message: 'anchors are not allowed',
    hint: 'write the value out; put a text that begins with `&` in quotes',
  },
  tag: {
    code: 'yaml/tag',
    message: 'tags are not allowed',
    hint: 'remove it; put a text that begins with `!` in quotes',
  },
  'explicit-key-ind': {
    code: 'yaml/explicit-key',
    message: 'keys that begin with `?` are not allowed',
    hint: 'write `key: value`; put a text that begins with `? ` in quotes',
  },
  'directive-line': {
    code: 'yaml/directive',
    message: 'directives are not allowed',
    hint: 'remove the line',
  },
};

const collections = new Set(['block-map', 'block-seq', 'flow-collection']);

/**
 * Feeds a text to the composer, lexeme by lexeme, and stops where it nests too deep or where a second document begins.
 * The composer is recursive and slow on some shapes: INVARIANT: it never sees more than `depth` levels.
 */
export function scan(
  text: string,
  composer: Composer,
  depth: number,
): { docs: Document.Parsed[]; faults: Fault[] } {
  const docs: Document.Parsed[] = [];
  const faults: Fault[] = [];
  const parser = new Parser();
  let offset = 0;
  let isText = false;
  const give = (tokens: Iterable<CST.Token>) => {
    for (const token of tokens) docs.push(...composer.next(token));
  };
  for (const lexeme of new Lexer().lex(text)) {
    give(parser.next(lexeme));
    const known = isText ? undefined : refused[CST.tokenType(lexeme) ?? 'scalar'];
    isText = lexeme === CST.SCALAR;
    if (known) faults.push({ ...known, from: offset, to: offset + lexeme.trimEnd().length });
    if (!isMarker(lexeme)) offset += lexeme.length;
    if (docs.length > 1 || faults.length >= 100) break;
    if (
      parser.stack.length > depth &&
      parser.stack.filter((token) => collections.has(token.type)).length > depth
    ) {
      return { docs: [], faults: [tooDeep(offset, depth)] };
    }
  }
  if (docs.length < 2) {
    give(parser.end());
    docs.push(...composer.end(true, text.length));
  }
  return { docs, faults };
}

/** The lexer's own marks take no room in the text. */
function isMarker(lexeme: string): boolean {
  return lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END || lexeme === CST.SCALAR;
}

function tooDeep(offset: number, depth: number): Fault {
  return {
    code: 'yaml/too-deep',
    message: `more than ${depth} levels of lists and maps are nested`,
    from: Math.max(0, offset - 1),
    to: offset,
  };
}
