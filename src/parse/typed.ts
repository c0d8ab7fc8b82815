import type { ValueType } from '../model/policy.ts';
import { typedCell } from './markdown/cellPatterns.ts';

/** What a value is declared to be. */
export interface Declared {
  type: ValueType;
  oneOf?: readonly string[];
}

/** Reads text as its declared type, as cells of logs are read; undefined if it does not fit. */
export function readTyped(text: string, declared: Declared): string | number | boolean | undefined {
  return typedCell(text, declared);
}

/** What would fit, to stand after "is not": `one of `shadow`, `enforced``, `a number`. */
export function typeWords({ type, oneOf }: Declared): string {
  if (oneOf) return `one of ${oneOf.map((value) => `\`${value}\``).join(', ')}`;
  switch (type) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a decimal number';
    case 'boolean':
      return '`true` or `false`';
    case 'time':
      return 'a time with its offset, such as `2026-02-24T09:00:00Z`';
    case 'version':
      return 'a version, such as `1.4.0`';
  }
}
