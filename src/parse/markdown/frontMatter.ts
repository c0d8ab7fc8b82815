/** A field of a document: its text and the line it stands in. */
export interface Field {
  name: string;
  text: string;
  line: number;
}

/**
 * The scalars at the top level of YAML front matter, as text: plain, single- and double-quoted ones in one line. Lists,
 * mappings and block texts are no fields; `lines` are those between the fences, the first of them line 2.
 */
export function readFrontMatter(lines: readonly string[]): Field[] {
  const fields: Field[] = [];
  for (const [index, line] of lines.entries()) {
    const pair = keyAndValue.exec(line);
    const text = pair ? scalarText(pair[2] ?? '') : undefined;
    if (pair && text !== undefined) fields.push({ name: pair[1] ?? '', text, line: index + 2 });
  }
  return fields;
}

const keyAndValue = /^([\p{L}_][\p{L}\p{N}_. -]*?)[ \t]*:(?:[ \t]+(.*))?$/u;

function scalarText(value: string): string | undefined {
  const double = /^"((?:[^"\\]|\\["\\/])*)"[ \t]*(?:#.*)?$/.exec(value);
  if (double) return (double[1] ?? '').replace(/\\(.)/g, '$1');
  const single = /^'((?:[^']|'')*)'[ \t]*(?:#.*)?$/.exec(value);
  if (single) return (single[1] ?? '').replaceAll("''", "'");
  // Other first characters begin lists, mappings, block texts, anchors and tags.
  if (/^[[\]{}|>&*!%@`"'#,?]/.test(value)) return undefined;
  const plain = value.replace(/[ \t]#.*$/, '').trim();
  return plain === '' || /:(?:[ \t]|$)/.test(plain) ? undefined : plain;
}
