const quoteOrBracket = /["[\]{}]/g;
const word = /[^\s,\]}]+/y;
const blank = /[ \t\n\r]*/y;

/**
 * The offset at which a value of a JSON text begins; undefined if it holds none there. Takes valid texts only. Values
 * are looked for when somebody asks: to keep the places of all would take more memory than the values.
 */
export function findInJson(source: string, steps: readonly string[]): number | undefined {
  let at = endOf(blank, source, 0);
  for (const step of steps) {
    const inner = source[at] === '{' ? findMember(source, at, step) : findItem(source, at, step);
    if (inner === undefined) return undefined;
    at = inner;
  }
  return at;
}

function findMember(source: string, start: number, name: string): number | undefined {
  for (let at = endOf(blank, source, start + 1); source[at] === '"'; ) {
    const end = endOfText(source, at);
    const value = endOf(blank, source, endOf(blank, source, end) + 1);
    if (JSON.parse(source.slice(at, end)) === name) return value;
    at = afterComma(source, value);
  }
  return undefined;
}

function findItem(source: string, start: number, index: string): number | undefined {
  if (source[start] !== '[') return undefined;
  let at = endOf(blank, source, start + 1);
  for (let count = 0; at < source.length && source[at] !== ']'; count++) {
    if (String(count) === index) return at;
    at = afterComma(source, at);
  }
  return undefined;
}

/** Where the part behind the value at `at` begins; behind the last one, the closing bracket's end. */
function afterComma(source: string, at: number): number {
  const next = endOf(blank, source, endOfValue(source, at));
  return source[next] === ',' ? endOf(blank, source, next + 1) : source.length;
}

function endOfValue(source: string, at: number): number {
  const first = source[at];
  if (first === '"') return endOfText(source, at);
  if (first !== '{' && first !== '[') return endOf(word, source, at);
  quoteOrBracket.lastIndex = at;
  for (let depth = 0; ; ) {
    const token = quoteOrBracket.exec(source);
    if (!token) return source.length;
    if (token[0] === '"') quoteOrBracket.lastIndex = endOfText(source, token.index);
    else if (token[0] === '{' || token[0] === '[') depth++;
    else depth--;
    if (depth === 0) return quoteOrBracket.lastIndex;
  }
}

/** Behind the closing quote: the next one that no odd number of backslashes stands before. */
function endOfText(source: string, at: number): number {
  for (let end = source.indexOf('"', at + 1); end >= 0; end = source.indexOf('"', end + 1)) {
    let before = end;
    while (source[before - 1] === '\\') before--;
    if ((end - before) % 2 === 0) return end + 1;
  }
  return source.length;
}

function endOf(sticky: RegExp, source: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.test(source) ? sticky.lastIndex : at;
}
