/**
 * Reads a decimal number: `3`, `-0.5`, `1e-07`, and nothing else; no blanks, no hexadecimal, no digits parted by `_`.
 * What is too great to be finite is none.
 */
export function readDecimal(text: string): number | undefined {
  if (!/^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Reads the value of a sample: a decimal number, or `undefined` for what is openly no finite number. */
export function readValue(text: string): { value?: number } | undefined {
  if (/^(?:nan|[+-]?inf(?:inity)?)$/i.test(text)) return {};
  const value = readDecimal(text);
  return value === undefined ? undefined : { value };
}

/** Epoch seconds as milliseconds; undefined if they are no time that a calendar knows. */
export function fromSeconds(seconds: number): number | undefined {
  const time = Math.round(seconds * 1000);
  return Math.abs(time) <= 8.64e15 ? time : undefined;
}
