/** How a plain scalar looks to a reader of numbers: YAML 1.1 and 1.2, JSON and C habits together. */
const numeric =
  /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))$|^\.(?:nan|NaN|NAN)$/;
const decimal = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/** Whether an unquoted scalar would be taken for a number by some reader of YAML. */
export function looksNumeric(source: string): boolean {
  return numeric.test(source);
}

/**
 * The number that an unquoted scalar stands for, if everybody would read the same one: decimal digits without leading
 * zero or exponent, whole numbers up to 2^53 - 1 (R33). The short commit names `12e4567` and `0123456` are none.
 */
export function plainNumber(source: string): number | undefined {
  if (!decimal.test(source)) return undefined;
  const value = Number(source);
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value + 0 : undefined;
}
