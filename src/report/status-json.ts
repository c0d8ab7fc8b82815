import type { Verdict } from '../model/verdict.ts';
import { jsonText } from './json.ts';
import { byPolicy } from './sorted.ts';
import { factsOf } from './status-facts.ts';

/** What status tells, with the verdict that it is drawn from. `kind` is Status: no reader can take it for a verdict. */
export function statusJson(verdicts: readonly Verdict[]): string {
  const all = byPolicy(verdicts).map((verdict) => ({
    apiVersion: 'soakgate/v1',
    kind: 'Status',
    ...factsOf(verdict),
    verdict,
  }));
  return jsonText(all.length === 1 ? all[0] : all);
}
