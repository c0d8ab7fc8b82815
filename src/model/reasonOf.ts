import { type Reason, type ReasonCode, reasons } from './reasons.ts';

/** What a code means and what a person can do about it; apart from the list, which a run that passes never asks for. */
export function reasonOf(code: ReasonCode): Reason {
  return reasons[code];
}
