import type { Outcome } from '../model/outcome.ts';
import type { Change } from '../model/round.ts';
import type { Verdict } from '../model/verdict.ts';

/** The changes of decision, phase and outcomes, in the order of the later verdict; rules that are gone come last. */
export function changesBetween(before: Verdict, after: Verdict): readonly Change[] {
  const policy = after.policy.name;
  const changes: Change[] = [];
  if (before.decision !== after.decision)
    changes.push({ policy, what: 'decision', from: before.decision, to: after.decision });
  const [from, to] = [before.phase?.current, after.phase?.current];
  if (from !== to)
    changes.push({ policy, what: 'phase', ...(from === undefined ? {} : { from }), ...(to ? { to } : {}) });
  const [old, now] = [outcomesOf(before), outcomesOf(after)];
  for (const key of new Set([...now.keys(), ...old.keys()])) {
    const [was, is] = [old.get(key), now.get(key)];
    const place = is ?? was;
    if (place === undefined || was?.outcome === is?.outcome) continue;
    const { gate, rule } = place;
    const ends = { ...(was ? { from: was.outcome } : {}), ...(is ? { to: is.outcome } : {}) };
    changes.push({ policy, what: 'rule', gate, rule, ...ends });
  }
  return changes;
}

interface Place {
  gate: string;
  rule: string;
  outcome: Outcome;
}

function outcomesOf(verdict: Verdict): Map<string, Place> {
  const all = verdict.gates.flatMap((gate) =>
    gate.rules.map(({ id, outcome }): Place => ({ gate: gate.id, rule: id, outcome })),
  );
  return new Map(all.map((place) => [`${place.gate} ${place.rule}`, place]));
}
