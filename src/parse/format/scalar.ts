import type { Scalar } from 'yaml';

/** Texts that need no quotes for anybody: words and paths that begin with a letter. */
const plainWords = /^[A-Za-z](?:[A-Za-z0-9_./-]| (?=[A-Za-z0-9_]))*$/;
/** What some reader of YAML takes for a truth value, nothing, or a number. */
const taken = /^(?:null|true|false|yes|no|on|off|y|n|nan|inf)$/i;
const unprintable = /[^\x20-\x7e\u00a1-\u2027\u202f-\ud7ff\ue000-\ufefe\uff00-\ufffd]|\s$|^\s/;

/**
 * How a scalar is printed. Quotes are single ones, and left away from plain words; what stands without quotes stays so.
 * A block text keeps its lines.
 */
export function scalarText(
  node: Scalar.Parsed | undefined,
  source: string,
): { text: string; lines: readonly string[] | undefined } {
  const value: unknown = node?.value;
  if (node === undefined || value === null || value === undefined) return { text: 'null', lines: undefined };
  if (typeof value !== 'string') return { text: node.source, lines: undefined };
  if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL')
    return blockText(
      source.slice(...(node.range.slice(0, 2) as [number, number])),
      value,
      node.range[1] === source.length && !source.endsWith('\n'),
    );
  if (node.type === 'PLAIN' && !value.includes('\n')) return { text: value, lines: undefined };
  return { text: quoted(value), lines: undefined };
}

function quoted(value: string): string {
  if (plainWords.test(value) && !taken.test(value)) return value;
  const outer = value.trim() === '' ? '' : value.trim();
  if (!unprintable.test(outer) && !/[\t\n\r]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  const escaped = JSON.stringify(value).replaceAll(
    /[\u007f-\u00a0\u2028-\u202e\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped;
}

/** Lines that no other indentation could change the meaning of; a text with odder ones is quoted. */
function blockText(
  source: string,
  value: string,
  cut: boolean,
): { text: string; lines: readonly string[] | undefined } {
  const [head = '', ...rest] = source.split('\n');
  const header = /^[|>]-?(?=\s|$)/.exec(head)?.[0];
  while (rest.length > 0 && rest.at(-1) === '') rest.pop();
  const width = (rest.find((line) => line.trim() !== '') ?? '').search(/\S/);
  const odd = rest.some((line) => line !== '' && (line.trim() === '' || line.search(/\S/) < width));
  if (header === undefined || width < 1 || odd || cut) return { text: quoted(value), lines: undefined };
  return { text: header, lines: rest.map((line) => line.slice(width)) };
}
