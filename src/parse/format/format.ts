import { isMap } from 'yaml';
import { canonicalJson } from '../../model/canonical.ts';
import { isObject } from '../../model/json.ts';
import { pointTo } from '../../model/pointer.ts';
import { ok, problems, type Result } from '../../model/problem.ts';
import { definitionAt } from '../policy/definition.ts';
import { compose } from '../yaml/compose.ts';
import { loadYaml, type YamlSource } from '../yaml/load.ts';
import { attachComments } from './attach.ts';
import { printComments, printItems, settle } from './print.ts';
import { type Collection, type Comment, commentsOf, rulerOf, treeOf, type Value } from './tree.ts';

/**
 * A policy or a waiver in the one layout: keys in the order of the schema, two blanks a level, single quotes, at most one
 * empty line, comments with what they belong to. The value and every comment stay what they are, and so do line ends;
 * formatting the result changes nothing. Fails with the problems of a text that is not YAML as we read it.
 */
export function formatYaml(text: string, path: string): Result<string> {
  const loaded = loadYaml(text, path);
  if (!loaded.ok) return loaded;
  const area = areaOf(loaded.value);
  if (area === undefined) return problems(otherKind(loaded.value));
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const formatted = layOut(source, area);
  // INVARIANT: nobody's policy is changed by a mistake of ours; it is not written at all then.
  const again = loadYaml(formatted, path, { bytes: 1024 * 1024 });
  if (!again.ok || canonicalJson(again.value.value) !== canonicalJson(loaded.value.value))
    throw new Error('formatting would have changed what the file says');
  if (wordsOf(formatted) !== wordsOf(source)) throw new Error('formatting would have lost a comment');
  return ok(text.includes('\r\n') ? formatted.replaceAll('\n', '\r\n') : formatted);
}

function wordsOf(text: string): string {
  return commentsOf(text)
    .map((comment) => comment.text)
    .sort()
    .join('\n');
}

function areaOf({ value }: YamlSource): 'policy' | 'waiver' | undefined {
  const kind = isObject(value) ? value['kind'] : undefined;
  return kind === 'Policy' ? 'policy' : kind === 'Waiver' ? 'waiver' : undefined;
}

function otherKind(source: YamlSource) {
  return {
    code: 'yaml/kind',
    message: 'the file is neither `kind: Policy` nor `kind: Waiver`',
    hint: 'name a policy or a waiver',
    ...source.spotOf('/kind', false),
  };
}

function layOut(source: string, area: 'policy' | 'waiver'): string {
  const ruler = rulerOf(source);
  const { doc } = compose(source, 100, true);
  const contents = doc?.contents ?? null;
  const root = treeOf(contents, ruler);
  if (root.kind === 'text' || !isMap(contents)) throw new Error('a policy is a map');
  attachComments(root, ruler);
  const { header, gap } = takeHeader(root);
  order(root, area, '');
  settle(root, '');
  const top = printComments(header, '');
  const between = header.length > 0 && gap ? [''] : [];
  return `${[...(top[0] === '' ? top.slice(1) : top), ...between, ...printItems(root, '')].join('\n')}\n`;
}

/** What stands at the top of the file stays there: up to the last empty line before the first key, and a line for editors. */
function takeHeader(root: Collection): { header: readonly Comment[]; gap: boolean } {
  const [first] = root.items;
  if (!first) return { header: [], gap: false };
  const blanks = [...first.leading.slice(1).map(({ blank }) => blank), first.blank];
  const editor = /yaml-language-server/.test(first.leading[0]?.text ?? '') ? 1 : 0;
  const end = first.leading.length === 0 ? 0 : Math.max(editor, blanks.lastIndexOf(true) + 1);
  const header = first.leading.splice(0, end);
  // The empty line under the header stays with it, whatever key comes first.
  const next = first.leading[0] ?? first;
  const gap = next.blank;
  if (header.length > 0) next.blank = false;
  return { header, gap };
}

/** Known keys first, in the order of the schema; all others as they stand. */
function order(value: Value, area: 'policy' | 'waiver', pointer: string): void {
  if (value.kind === 'text') return;
  value.items.forEach((item, index) => {
    order(item.value, area, pointTo(pointer, value.kind === 'map' ? item.name : index));
  });
  if (value.kind === 'list') return;
  const { keys } = definitionAt(area, pointer);
  const rank = (name: string) => (keys.includes(name) ? keys.indexOf(name) : keys.length);
  value.items.sort((a, b) => rank(a.name) - rank(b.name));
}
