import type { ReasonCode } from './reasons.ts';

/**
 * What a statistic was in the span before a phase began: the stored verdict of the transition keeps it for the spikes
 * that the monitors of the phase look for (semantics sections 4 and 6). Instants are RFC 3339 text.
 */
export type Baseline = MeasuredBaseline | UnknownBaseline;

interface BaselineSpan {
  evidence: string;
  stat: string;
  /** The span is (from, to]; `to` is the instant of the verdict. */
  from: string;
  to: string;
  /** What was asked; a baseline of another query is none. */
  query?: string;
}

export interface MeasuredBaseline extends BaselineSpan {
  value: number;
  /** Share of the samples due that were there, 0 to 1. */
  coverage: number;
}

interface UnknownBaseline extends BaselineSpan {
  code: ReasonCode;
  message: string;
}
