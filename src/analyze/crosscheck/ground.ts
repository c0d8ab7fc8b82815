import { nearest } from '../../model/nearest.ts';
import { pointTo } from '../../model/pointer.ts';
import type { LogSpec, Policy, Rule } from '../../model/policy.ts';
import type { YamlSource } from '../../parse/yaml/load.ts';
import { type Complaint, didYouMean } from '../../parse/yaml/problem.ts';

/** What every cross-check works on. */
export interface Ground {
  policy: Policy;
  source: YamlSource;
  report(complaint: Complaint): void;
}

/** The hint that names the nearest candidate, else all of them (a dozen at most). */
export function hintFor(word: string, candidates: readonly string[], none: string): string {
  const near = didYouMean(nearest(word, candidates));
  if (near !== undefined) return near;
  if (candidates.length === 0) return none;
  const shown = [...candidates].sort().slice(0, 12);
  return `known: ${shown.join(', ')}${candidates.length > shown.length ? ', …' : ''}`;
}

/** Every gate that the policy declares, with the pointer to its list. */
export function gatesOf(policy: Policy): readonly { id: string; rules: readonly Rule[]; pointer: string }[] {
  const gates: { id: string; rules: readonly Rule[] | undefined; pointer: string }[] = [
    { id: 'preflight', rules: policy.preflight, pointer: '/preflight' },
    { id: 'monitors', rules: policy.monitors, pointer: '/monitors' },
  ];
  policy.phases?.forEach((phase, index) => {
    const pointer = pointTo('/phases', index);
    gates.push({ id: `entry:${phase.id}`, rules: phase.entry, pointer: `${pointer}/entry` });
    gates.push({ id: `monitors:${phase.id}`, rules: phase.monitors, pointer: `${pointer}/monitors` });
  });
  gates.push({ id: 'exit', rules: policy.exit, pointer: '/exit' });
  return gates.flatMap(({ id, rules, pointer }) => (rules ? [{ id, rules, pointer }] : []));
}

/** The log of that id, or a problem that says what there is instead. */
export function findLog(ground: Ground, id: string, pointer: string): LogSpec | undefined {
  const spec = Object.hasOwn(ground.policy.evidence, id) ? ground.policy.evidence[id] : undefined;
  if (spec?.kind === 'log') return spec;
  const logs = Object.entries(ground.policy.evidence).filter(([, item]) => item.kind === 'log');
  const hint = hintFor(
    id,
    logs.map(([name]) => name),
    'declare a log under `evidence:`',
  );
  if (spec)
    ground.report({
      code: 'policy/wrong-kind',
      message: `\`${id}\` is of kind \`${spec.kind}\`, a log is due`,
      pointer,
      hint,
    });
  else
    ground.report({ code: 'policy/unknown-evidence', message: `no log is named \`${id}\``, pointer, hint });
  return undefined;
}
