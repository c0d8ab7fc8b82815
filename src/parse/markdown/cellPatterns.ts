import { parseInstant } from '../../model/instant.ts';
import type { Cell, RowPattern } from '../../model/log.ts';
import type { ColumnSpec } from '../../model/policy.ts';

/** Types the text of a cell; undefined if it does not fit its column. */
export function typedCell(text: string, { type, oneOf }: ColumnSpec): Cell | undefined {
  if (oneOf && !oneOf.includes(text)) return undefined;
  switch (type) {
    case 'string':
      return text;
    case 'number':
      return decimal.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'time':
      return parseInstant(text) === undefined ? undefined : text;
    case 'version':
      return version.test(text) ? text : undefined;
  }
}

const decimal = /^[+-]?[0-9]{1,300}(?:\.[0-9]{1,300})?$/;
const version =
  /^v?(?:0|[1-9][0-9]{0,15})\.(?:0|[1-9][0-9]{0,15})\.(?:0|[1-9][0-9]{0,15})(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Patterns in the order of their first rows; rows with the same typed cells share one. */
export interface CellPatterns {
  readonly list: RowPattern[];
  /** `texts` has the plain text of each kept column, undefined where the row has no such cell. */
  number(texts: readonly (string | undefined)[]): number;
}

export function createCellPatterns(
  names: readonly string[],
  columns: Readonly<Record<string, ColumnSpec>>,
): CellPatterns {
  const known = new Map<string, number>();
  const list: RowPattern[] = [];
  return {
    list,
    number(texts) {
      const cells = Object.create(null) as Record<string, Cell>;
      const illTyped: string[] = [];
      for (const [index, name] of names.entries()) {
        // An empty or blank cell is absent, not ill-typed (semantics section 2).
        const text = texts[index];
        if (text === undefined || text.trim() === '') continue;
        const cell = typedCell(text, columns[name] ?? { type: 'string' });
        if (cell === undefined) illTyped.push(name);
        else cells[name] = cell;
      }
      const key = JSON.stringify([names.map((name) => cells[name] ?? null), illTyped]);
      const before = known.get(key);
      if (before !== undefined) return before;
      known.set(key, list.length);
      list.push({ cells, illTyped });
      return list.length - 1;
    },
  };
}
