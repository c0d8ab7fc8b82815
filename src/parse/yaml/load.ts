import type { Json } from '../../model/json.ts';
import { pointerSteps } from '../../model/pointer.ts';
import { type Excerpt, ok, type Place, type Result } from '../../model/problem.ts';
import { indexLines, type Lines } from './lines.ts';
import { findNode, type YamlNode } from './node.ts';
import { readStrictYaml } from './strict.ts';

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

/**
 * Reads one YAML 1.2 document (core schema) strictly: errors and warnings refuse it, and so do anchors, aliases, tags,
 * directives, second documents, duplicate keys, keys of the prototype and numbers that readers take differently.
 * All problems are gathered, in the order of the file.
 */
export function loadYaml(text: string, path: string, limits: YamlLimits = {}): Result<YamlSource> {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = indexLines(source, path);
  const { bytes = policyLimit, depth = 100 } = limits;
  const strict = readStrictYaml(source, { path, lines, limits: { bytes, depth } });
  return strict.ok ? ok(asSource({ path, lines, ...strict.value })) : strict;
}

interface Loaded {
  path: string;
  value: Json;
  lines: Lines;
  root: YamlNode;
}

function asSource({ path, value, lines, root }: Loaded): YamlSource {
  const find = (pointer: string) => findNode(root, pointerSteps(pointer));
  return {
    path,
    value,
    placeOf: (pointer) => lines.placeAt(find(pointer).node.from),
    keyPlaceOf(pointer) {
      const { node, key } = find(pointer);
      return lines.placeAt((key ?? node).from);
    },
    sourceOf(pointer) {
      const { node, whole } = find(pointer);
      return whole && node.kind === 'scalar' ? node.source : undefined;
    },
    spotOf(pointer, atKey) {
      const { node, key } = find(pointer);
      const marked = atKey && key ? key : node;
      const at = lines.placeAt(marked.from);
      const length = 'to' in marked ? marked.to - marked.from : 1;
      return { at, excerpt: lines.excerpt(at, length) };
    },
  };
}
