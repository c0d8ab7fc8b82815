import { pointTo } from '../../model/pointer.ts';
import { type Ground, gatesOf } from './ground.ts';

/** Rules that every policy with phases has, and the one reason code that could be taken for the id of a rule. */
const reserved: ReadonlyMap<string, string> = new Map([
  ['phase-drift', 'is a rule of Soakgate itself'],
  ['last-phase-in-force', 'is a rule of Soakgate itself'],
  ['phase-deadline', 'is a rule of Soakgate itself'],
  ['freeze', 'is a rule of Soakgate itself'],
  ['not-applicable', 'is a reason code of Soakgate'],
]);

/** Ids of rules are unique in the whole policy, ids of phases among phases; those of maps are by their nature. */
export function checkIds(ground: Ground): void {
  const rules: [string, string][] = gatesOf(ground.policy).flatMap(({ rules: list, pointer }) =>
    list.map((rule, index): [string, string] => [rule.id, pointTo(pointer, index, 'id')]),
  );
  const phases = (ground.policy.phases ?? []).map((phase, index): [string, string] => [
    phase.id,
    pointTo('/phases', index, 'id'),
  ]);
  unique(ground, rules, 'rule');
  unique(ground, phases, 'phase');
  for (const [id, pointer] of rules) {
    const taken = reserved.get(id);
    if (taken === undefined) continue;
    ground.report({
      code: 'policy/reserved-id',
      message: `\`${id}\` ${taken}`,
      pointer,
      hint: 'choose another id',
    });
  }
}

function unique(ground: Ground, ids: readonly [string, string][], what: string): void {
  const seen = new Map<string, string>();
  for (const [id, pointer] of ids) {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, pointer);
    else {
      const { line } = ground.source.placeOf(first);
      ground.report({
        code: 'policy/duplicate-id',
        message: `two ${what}s are named \`${id}\`; the first stands in line ${line}`,
        pointer,
        hint: 'ids are unique in the whole policy',
      });
    }
  }
}
