import { isScalar, type ParsedNode } from 'yaml';
import type { Json } from '../../model/json.ts';
import {
  compareProblems,
  type Excerpt,
  ok,
  type Place,
  type Problem,
  type Result,
} from '../../model/problem.ts';
import { compose } from './compose.ts';
import { findNode } from './find.ts';
import { indexLines, type Lines } from './lines.ts';
import type { Fault } from './scan.ts';
import { toJson } from './visit.ts';

/** A loaded YAML file: its value, and where in the file each part of it stands. */
export interface YamlSource {
  path: string;
  value: Json;
  /** Where the value at a JSON Pointer begins; the nearest holder's place if there is no such value. */
  placeOf(pointer: string): Place;
  /** Where the key of a value in a map stands; for items of lists and the whole file, where the value begins. */
  keyPlaceOf(pointer: string): Place;
  /** What the author wrote for a scalar, without quotes; undefined for lists, maps and what is not there. */
  sourceOf(pointer: string): string | undefined;
  /** The place of a value, or of its key, with the source line marked for as long as it is; lists and maps by one character. */
  spotOf(pointer: string, atKey: boolean): { at: Place; excerpt: Excerpt };
}

export interface YamlLimits {
  /** Greatest length in UTF-8 bytes. */
  bytes?: number;
  /** Greatest number of lists and maps inside each other. */
  depth?: number;
}

/** What a policy, and any other file written by hand, may be at most. */
export const policyLimit = 64 * 1024;

/** More problems than anybody reads. */
export const mostProblems = 100;

/**
 * Reads one YAML 1.2 document (core schema) strictly: errors and warnings refuse it, and so do anchors, aliases, tags,
 * directives, second documents, duplicate keys, keys of the prototype and numbers that readers take differently.
 * All problems are gathered, in the order of the file.
 */
export function loadYaml(text: string, path: string, limits: YamlLimits = {}): Result<YamlSource> {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = indexLines(source, path);
  const unreadable = refuseText(source, path, limits.bytes ?? policyLimit, lines);
  if (unreadable) return { ok: false, problems: [unreadable] };
  const { doc, faults } = compose(source, limits.depth ?? 100);
  const broken = faults.length > 0;
  const report = (fault: Fault) => {
    // Where the syntax is broken, keys without `:` are told already.
    if (!broken || fault.code !== 'yaml/key') faults.push(fault);
  };
  const value = doc ? toJson(doc.contents, { text: source, report }) : null;
  if (faults.length === 0 && value === null) faults.push(emptyFile);
  if (faults.length > 0 || !doc) return { ok: false, problems: toProblems(faults, lines) };
  return ok(asSource({ path, value, lines, contents: doc.contents }));
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

interface Loaded {
  path: string;
  value: Json;
  lines: Lines;
  contents: ParsedNode | null;
}

function asSource({ path, value, lines, contents }: Loaded): YamlSource {
  const placeOf = (pointer: string) => lines.placeAt(findNode(contents, pointer).node?.range[0] ?? 0);
  return {
    path,
    value,
    placeOf,
    keyPlaceOf(pointer) {
      const key = findNode(contents, pointer).key;
      return key ? lines.placeAt(key.range[0]) : placeOf(pointer);
    },
    sourceOf(pointer) {
      const { node, whole } = findNode(contents, pointer);
      return whole && isScalar(node) ? node.source : undefined;
    },
    spotOf(pointer, atKey) {
      const { node, key } = findNode(contents, pointer);
      const marked = atKey && key ? key : node;
      const from = marked?.range[0] ?? 0;
      const at = lines.placeAt(from);
      const length = isScalar(marked) ? marked.range[1] - from : 1;
      return { at, excerpt: lines.excerpt(at, length) };
    },
  };
}
