import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../../src/model/verdict.ts';
import { fullVerdict, verdictOf } from './verdicts.ts';

const stored = 'test/report/demo';
const go = verdictOf('go', 'live');
const another: Verdict = { ...go, policy: { ...go.policy, name: 'another' } };

/** What reporters are held to by programs of others: kept verdicts of the demo, a hostile one, and special ones. */
export const verdictLists: readonly (readonly [string, readonly Verdict[]])[] = [
  ...readdirSync(stored)
    .filter((name) => name.endsWith('.verdict.json'))
    .map((name) => [name, [JSON.parse(readFileSync(join(stored, name), 'utf8')) as Verdict]] as const),
  ['every outcome', [fullVerdict]],
  ['go as of another instant', [verdictOf('go', 'as-of')]],
  ['two policies', [fullVerdict, another]],
];
