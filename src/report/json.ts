import { compareText } from '../model/problem.ts';
import type { Verdict } from '../model/verdict.ts';
import { visibleJson } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { byPolicy } from './sorted.ts';

/** What a reader looks for first stands first; keys that are not named here follow in the order of their code units. */
const rank = new Map(
  [
    ...[
      'apiVersion',
      'id',
      'kind',
      'tool',
      'rule',
      'name',
      'title',
      'version',
      'owner',
      'approver',
      'timezone',
    ],
    ...[
      'policy',
      'subject',
      'evaluatedAt',
      'evidenceMode',
      'dated',
      'role',
      'severity',
      'status',
      'state',
      'origin',
    ],
    ...[
      'decision',
      'outcome',
      'code',
      'message',
      'demand',
      'todo',
      'observed',
      'required',
      'unit',
      'earliest',
    ],
    ...[
      'alsoNeeds',
      'after',
      'validUntil',
      'tzdata',
      'phase',
      'inputs',
      'gates',
      'rules',
      'at',
      'path',
      'line',
    ],
    ...['column', 'cites', 'evidence', 'waivers', 'findings', 'problems'],
  ].map((key, index) => [key, index] as const),
);

function compareKeys(a: string, b: string): number {
  return (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size) || compareText(a, b);
}

/** The same value with its keys in the one order, whatever order it was built in. Absent keys stay absent. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value).sort(compareKeys))
    copy[key] = ordered((value as Record<string, unknown>)[key]);
  return copy;
}

/** Canonical JSON of this program: keys in one order, two spaces, one line break at the end. */
export function jsonText(value: unknown): string {
  return `${visibleJson(JSON.stringify(ordered(value), null, 2))}\n`;
}

/** One verdict as itself, several as one array sorted by the policy's name (semantics section 3). */
export function json(verdicts: readonly Verdict[], _options: RenderOptions): string {
  return jsonText(verdicts.length === 1 ? verdicts[0] : byPolicy(verdicts));
}

/** JSON text of a format that is not ours, in the order in which it was built. */
export function jsonDocument(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}
