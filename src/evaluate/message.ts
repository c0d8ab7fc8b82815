import type { Judged, JudgedGate } from './judged.ts';

type Rules = readonly JudgedGate['rules'][number][];

/** What decided, in one sentence. Of the rules that keep the gate shut, one that no time can open comes first. */
export function messageOf({ gates, decision }: Judged): string {
  const deciding = gates.filter(({ gate }) => gate.role === 'decides' && gate.id !== 'phase');
  const rules = gates.filter(({ gate }) => gate.role === 'decides').flatMap((gate) => gate.rules);
  const errors = rules.filter(({ report }) => report.severity === 'error');
  switch (decision) {
    case 'go':
      return goMessage(errors);
    case 'no-go':
      return naming(
        { first: 'fails', one: 'fails', many: 'fail' },
        errors.filter(({ report }) => report.outcome === 'fail'),
      );
    case 'hold':
      break;
  }
  if (deciding.length === 0) return 'the policy declares none of the gates that were asked for';
  const open = errors.filter(({ report }) => report.outcome === 'pending' || report.outcome === 'unknown');
  const timeless = open.filter((rule) => rule.earliest === undefined);
  const first = timeless[0] ?? open[0];
  if (!first) return `nothing was judged in ${deciding.map(({ gate }) => `\`${gate.id}\``).join(', ')}`;
  const words = { first: `is ${first.report.outcome}`, one: 'is open', many: 'are open' };
  return naming(words, [first, ...open.filter((rule) => rule !== first)]);
}

function goMessage(errors: Rules): string {
  const count = (outcome: string) => errors.filter(({ report }) => report.outcome === outcome).length;
  const waived = count('waived');
  const passed = count('pass');
  return `${passed} ${passed === 1 ? 'rule passes' : 'rules pass'}${waived > 0 ? `, ${waived} waived` : ''}`;
}

interface Words {
  /** Of the rule that is named. */
  first: string;
  /** Of one more, and of several. */
  one: string;
  many: string;
}

function naming(words: Words, rules: Rules): string {
  const [first, ...others] = rules;
  if (!first) return words.first;
  const verb = others.length === 1 ? words.one : words.many;
  const more =
    others.length === 0
      ? ''
      : `; and ${others.length} more ${others.length === 1 ? 'rule' : 'rules'} ${verb}`;
  return `\`${first.report.id}\` ${words.first}: ${first.report.message}${more}`;
}
