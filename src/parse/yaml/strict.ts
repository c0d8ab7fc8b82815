import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Json } from '../../model/json.ts';
import { compareProblems, ok, type Problem, type Result } from '../../model/problem.ts';
import { compose } from './compose.ts';
import type { Lines } from './lines.ts';
import { mostProblems } from './most.ts';
import type { YamlNode } from './node.ts';
import type { Fault } from './scan.ts';
import { keyName, toJson } from './visit.ts';

export interface StrictLimits {
  bytes: number;
  depth: number;
}

/** Reads any document with the `yaml` package: what is accepted, and every problem of what is not. */
export function readStrictYaml(
  source: string,
  { path, lines, limits }: { path: string; lines: Lines; limits: StrictLimits },
): Result<{ value: Json; root: YamlNode }> {
  const unreadable = refuseText(source, path, limits.bytes, lines);
  if (unreadable) return { ok: false, problems: [unreadable] };
  const { doc, faults } = compose(source, limits.depth);
  const broken = faults.length > 0;
  const report = (fault: Fault) => {
    // Where the syntax is broken, keys without `:` are told already.
    if (!broken || fault.code !== 'yaml/key') faults.push(fault);
  };
  const value = doc ? toJson(doc.contents, { text: source, report }) : null;
  if (faults.length === 0 && value === null) faults.push(emptyFile);
  if (faults.length > 0 || !doc) return { ok: false, problems: toProblems(faults, lines) };
  return ok({ value, root: nodeOf(doc.contents) });
}

const emptyFile: Fault = { code: 'yaml/empty', message: 'the file is empty', from: 0, to: 0 };

/** Refuses what is no text or too much of it, before anything else looks at it. */
function refuseText(text: string, path: string, bytes: number, lines: Lines): Problem | undefined {
  const length = utf8Length(text);
  if (length > bytes) {
    const message = `the file has ${length} bytes, ${bytes} are allowed`;
    return { code: 'yaml/too-large', message, at: { path, line: 1, column: 1 } };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const odd = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uD800-\uDFFF\uFEFF\uFFFD\uFFFE\uFFFF]|\r(?!\n)/u.exec(text);
  if (!odd) return undefined;
  const character = odd[0].charCodeAt(0);
  const noText = character >= 0xd800 ? 'characters that are no UTF-8 text' : 'a control character';
  const name = character === 0 ? 'a NUL byte' : noText;
  const hint = 'save the file as UTF-8 text with ordinary line ends';
  return { code: 'yaml/not-text', message: `the file holds ${name}`, at: lines.placeAt(odd.index), hint };
}

function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is two units and four bytes.
    if (unit >= 0x80) length += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return length;
}

function toProblems(faults: readonly Fault[], lines: Lines): Problem[] {
  const told = faults.map((fault): Problem => {
    const at = lines.placeAt(fault.from);
    const problem: Problem = {
      code: fault.code,
      message: fault.message,
      at,
      excerpt: lines.excerpt(at, fault.to - fault.from),
    };
    return fault.hint === undefined ? problem : { ...problem, hint: fault.hint };
  });
  return told.sort(compareProblems).slice(0, mostProblems);
}

/** Nodes of the package as ours, which hold nothing but what is asked for later. */
function nodeOf(node: ParsedNode | null): YamlNode {
  const [from, to] = node?.range ?? [0, 0];
  if (isSeq(node)) return { kind: 'list', from, items: node.items.map((item) => nodeOf(item)) };
  if (!isMap(node)) return { kind: 'scalar', from, to, source: isScalar(node) ? node.source : '' };
  const entries = node.items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return [];
    const [keyFrom, keyTo] = key.range;
    return [{ name: keyName(key), key: { from: keyFrom, to: keyTo }, value: nodeOf(value ?? key) }];
  });
  return { kind: 'map', from, entries };
}
