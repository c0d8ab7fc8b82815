import type { Evidence } from '../model/evidence.ts';
import type { Origin, Reading } from '../model/reading.ts';
import type { ReasonCode } from '../model/reasons.ts';

/** The id and the rest of an evidence path: `flags.AUTH_MODE` is `flags` and `AUTH_MODE`. Ids hold no dot. */
export function splitPath(path: string): { id: string; rest: string } {
  const dot = path.indexOf('.');
  return dot < 0 ? { id: path, rest: '' } : { id: path.slice(0, dot), rest: path.slice(dot + 1) };
}

export function originOf(item: Evidence, line?: number): Origin {
  const origin: Origin = { evidence: item.id };
  if (item.source.path !== undefined) origin.path = item.source.path;
  const at = line ?? item.source.line;
  if (at !== undefined) origin.line = at;
  return origin;
}

export function missing(path: string, code: ReasonCode, message: string, from: Origin): Reading {
  return { known: false, code, path, message, from };
}
