import { type Duration, parseDuration } from '../../model/instant.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Scalar } from '../../model/policy.ts';

/**
 * Readers for what the schema has accepted already.
 * INVARIANT: none of them is called on a document that the schema refuses, so the casts hold.
 */
export const asMap = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const asList = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];
export const asText = (value: Json | undefined): string => value as string;
export const asNumber = (value: Json | undefined): number => value as number;
export const asScalar = (value: Json | undefined): Scalar => value as Scalar;
export const asTexts = (value: Json | undefined): readonly string[] => asList(value).map(asText);
/** The schema's pattern leaves out what is too long: that is ten years here, and told by the checks of durations. */
export const asDuration = (value: Json | undefined): Duration => parseDuration(asText(value)) ?? Number.NaN;

/** A copy without prototype, each entry turned by `turn`. */
export function mapEntries<T>(map: JsonObject, turn: (value: Json, key: string) => T): Record<string, T> {
  const copy = Object.create(null) as Record<string, T>;
  for (const [key, value] of Object.entries(map)) copy[key] = turn(value, key);
  return copy;
}

/** The entries of which there is a value: for optional fields under `exactOptionalPropertyTypes`. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** `undefined` stays, anything else is read. */
export function optional<T>(value: Json | undefined, read: (value: Json) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}
