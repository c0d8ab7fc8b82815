/** What an operator gives, where that can be told without its operands. */
export type Kind = 'boolean' | 'number' | 'string' | 'list' | 'object' | 'any';

/** One operator of the language, for the compiler, the load-time checks and the reference (semantics section 1). */
export interface Operator {
  /** Fewest and most operands. `policy` is the fewest in a policy, where it differs. */
  arity: { min: number; max: number; policy?: number };
  gives: Kind;
  origin: 'standard' | 'domain';
  /** What it does, in one sentence without a full stop. */
  does: string;
  unknownWhen: string;
}

const many = Number.POSITIVE_INFINITY;
const condition = 'the condition reached is unknown';
const decides =
  'no known operand decides; as an operand of anything but a condition, one unknown makes it unknown';
const loose =
  'an operand is null, a list or an object, or the types differ (a number and a decimal-number string fit)';
const strict = 'an operand is null, a list or an object';
const order = `${loose}, or an operand is a boolean`;
const arithmetic =
  'an operand is no finite number or decimal-number string, the result is not finite, or there is none';
const text = 'an operand is null, a list or an object';
const delivered = 'the source is no list, or was delivered empty by evidence';
const quantified =
  'the source is no list, or is empty without `allowEmpty: true`; else three-valued over the elements';

function standard(arity: Operator['arity'], gives: Kind, does: string, unknownWhen: string): Operator {
  return { arity, gives, origin: 'standard', does, unknownWhen };
}

/** The complete table: what is not in it is refused when a policy loads. */
export const operators = {
  var: standard(
    { min: 0, max: 2, policy: 1 },
    'any',
    'reads a path',
    'the path is absent, null, stale or ill-typed',
  ),
  missing: standard(
    { min: 0, max: many, policy: 1 },
    'list',
    'lists the paths that are absent, null or ""',
    'a named evidence was not observed',
  ),
  missing_some: standard(
    { min: 2, max: 2 },
    'list',
    'as `missing`, or [] if at least so many are there',
    'a named evidence was not observed',
  ),
  if: standard(
    { min: 0, max: many, policy: 3 },
    'any',
    'gives the branch of the first true condition, else the last',
    condition,
  ),
  '?:': standard({ min: 0, max: many, policy: 3 }, 'any', 'the same as `if`', condition),
  and: standard({ min: 1, max: many }, 'any', 'gives the first false operand, else the last', decides),
  or: standard({ min: 1, max: many }, 'any', 'gives the first true operand, else the last', decides),
  '!': standard({ min: 1, max: 1 }, 'boolean', 'is true if the operand is false', 'the operand is unknown'),
  '!!': standard({ min: 1, max: 1 }, 'boolean', 'is true if the operand is true', 'the operand is unknown'),
  '==': standard(
    { min: 2, max: 2 },
    'boolean',
    'compares, taking a number and a decimal-number string as numbers',
    loose,
  ),
  '!=': standard({ min: 2, max: 2 }, 'boolean', 'is the contrary of `==`', loose),
  '===': standard({ min: 2, max: 2 }, 'boolean', 'compares type and value', strict),
  '!==': standard({ min: 2, max: 2 }, 'boolean', 'is the contrary of `===`', strict),
  '<': standard(
    { min: 2, max: 3 },
    'boolean',
    'is less; strings by code unit; three operands make a chain',
    order,
  ),
  '<=': standard({ min: 2, max: 3 }, 'boolean', 'is less or equal; three operands make a chain', order),
  '>': standard({ min: 2, max: 2 }, 'boolean', 'is greater', order),
  '>=': standard({ min: 2, max: 2 }, 'boolean', 'is greater or equal', order),
  in: standard(
    { min: 2, max: 2 },
    'boolean',
    'finds an element in a list, or a text in a text',
    'the needle is null, or "" in a text; the haystack is neither text nor list; not found beside an unknown element',
  ),
  '+': standard({ min: 0, max: many, policy: 1 }, 'number', 'adds', arithmetic),
  '-': standard({ min: 0, max: 2, policy: 1 }, 'number', 'subtracts, or negates one operand', arithmetic),
  '*': standard(
    { min: 0, max: many, policy: 1 },
    'any',
    'multiplies; one operand stays as it is',
    arithmetic,
  ),
  '/': standard({ min: 2, max: 2 }, 'number', 'divides', arithmetic),
  '%': standard(
    { min: 2, max: 2 },
    'number',
    'gives the remainder, with the sign of the first operand',
    arithmetic,
  ),
  min: standard({ min: 0, max: many, policy: 1 }, 'number', 'gives the least operand', arithmetic),
  max: standard({ min: 0, max: many, policy: 1 }, 'number', 'gives the greatest operand', arithmetic),
  cat: standard({ min: 0, max: many, policy: 1 }, 'string', 'joins texts', text),
  substr: standard(
    { min: 2, max: 3 },
    'string',
    'cuts a text from an offset; negative counts from the end',
    `${text}, or an offset is no integer`,
  ),
  merge: standard(
    { min: 0, max: many, policy: 1 },
    'list',
    'joins lists, taking anything else as one element',
    'an operand is unknown',
  ),
  map: standard(
    { min: 2, max: 2 },
    'list',
    'applies an expression to each element',
    `${delivered}; an unknown element is carried`,
  ),
  filter: standard(
    { min: 2, max: 2 },
    'list',
    'keeps the elements for which a predicate is true',
    `${delivered}, or one predicate is unknown`,
  ),
  reduce: standard(
    { min: 2, max: 3 },
    'any',
    'folds the elements with `current` and `accumulator`',
    `${delivered}; an unknown element or accumulator is carried`,
  ),
  all: standard({ min: 2, max: 2 }, 'boolean', 'is true if a predicate is true for each element', quantified),
  some: standard({ min: 2, max: 2 }, 'boolean', 'is true if a predicate is true for one element', quantified),
  none: standard({ min: 2, max: 2 }, 'boolean', 'is true if a predicate is true for no element', quantified),
  count: {
    arity: { min: 1, max: 1 },
    gives: 'number',
    origin: 'domain',
    does: 'counts the elements of a list, such as the rows of a log',
    unknownWhen: `${delivered} without \`allowEmpty: true\`, or an element is unknown`,
  },
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

/** In the order of the table. */
export const operatorNames = Object.keys(operators) as readonly OperatorName[];

/** Operators of JSON Logic that are refused on purpose, with the reason. */
export const refusedOperators: Readonly<Record<string, string>> = {
  log: 'it prints, and a policy must do nothing but judge',
  method: 'it calls methods of the data',
};

export function isOperator(name: string): name is OperatorName {
  return Object.hasOwn(operators, name);
}
