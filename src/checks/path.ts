import type { Evidence } from '../model/evidence.ts';
import type { Origin, Reading } from '../model/reading.ts';
import type { ReasonCode } from '../model/reasons.ts';

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
