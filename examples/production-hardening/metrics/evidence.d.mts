import type { EvidenceFile } from '../../../src/model/evidence.ts';
import type { Policy } from '../../../src/model/policy.ts';
import type { Signal } from './signals.mjs';

export function evidenceFile(
  policy: Policy,
  signals: readonly Signal[],
  moment: { now: number; back: number; commit: string },
): EvidenceFile;
