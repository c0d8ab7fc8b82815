import { placeholders } from '../../src/collect/placeholders.ts';
import { operators, refusedOperators } from '../../src/logic/operators.ts';
import { code, page, table } from './markdown.mjs';

/** docs/reference/operators.md: the operators of `assert`, `when` and the predicates over rows. */
export function operatorsPage() {
  const rows = Object.entries(operators).map(([name, { arity, gives, origin, does, unknownWhen }]) => [
    code(name) + (origin === 'domain' ? ' (own)' : ''),
    operands(arity),
    does,
    gives,
    unknownWhen,
  ]);
  const refused = Object.entries(refusedOperators).map(([name, why]) => `- ${code(name)}: ${why}`);
  return page(
    'Operators',
    'src/logic/operators.ts',
    'Expressions (`assert`, `when`, `good`, `where`, `breach`, `incident`, views) are JSON Logic with a third answer:\n**unknown**. An object with one key is an operator; what is not in this table is refused when the policy loads.',
    table(['Operator', 'Operands', 'What it does', 'Gives', 'Unknown when'], rows),
    'Apart from that a known answer is the one that json-logic-js gives. Unknown spreads: an operator over an unknown\noperand is unknown unless the table says otherwise, and a rule whose expression is unknown is `unknown`, never pass.',
    `Refused on purpose:\n\n${refused.join('\n')}`,
    'In policies a path is written down (`{ var: flags.MODE }`), without a default, and `if` ends with an else. An\nexpression that reads no evidence is refused: it would always say the same.',
  );
}

function operands({ min, max, policy }) {
  const least = policy ?? min;
  if (max === Number.POSITIVE_INFINITY) return `${least} or more`;
  return least === max ? `${least}` : `${least} to ${max}`;
}

/** docs/reference/placeholders.md: values that count as not set. */
export function placeholdersPage() {
  return page(
    'Placeholders',
    'src/collect/placeholders.ts',
    'A variable without `oneOf` whose value fits one of these patterns counts as not set (`env.placeholder`), and so does one\nthat equals its value in a sibling `*.example` or `*.sample` file. `placeholder: allowed` on the variable switches that\noff. The patterns hold for the whole value, white space around it aside; `i` means that letters count in either case.',
    table(
      ['Such as', 'Pattern'],
      placeholders.map(({ shape, example }) => [
        code(example),
        code(`${shape.source}${shape.flags ? `  (${shape.flags})` : ''}`),
      ]),
    ),
  );
}
