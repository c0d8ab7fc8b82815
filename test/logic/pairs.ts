import fc from 'fast-check';
import type { Json } from '../../src/model/json.ts';
import { type OperatorName, operatorNames } from '../../src/logic/operators.ts';
import { hole } from './three-valued.ts';

/** A rule and the data it is judged on. */
export interface Pair {
  rule: Json;
  data: unknown;
  /**
   * `typed`: well-typed on total data, so the answer must be known. `wild`: any operators over any total data.
   * `broken`: well-typed, but parts of the data are damaged; json-logic-js cannot be asked.
   */
  sort: 'typed' | 'wild' | 'broken';
}

/** A small, fast generator of 32 bits (mulberry32), seeded by fast-check once per pair. */
export class Dice {
  private state: number;
  constructor(seed: number) {
    this.state = seed | 0;
  }
  below(n: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

const words = ['a', 'b', 'ab', 'pass', 'fail', 'shadow', '3', '-2.5', 'x'];
const numbers = [-3, -1, 0, 1, 2, 2.5, 3, 4, 5, 10];
const decimals = ['3', '-2.5', '10', '0', '4.0'];

/** Where a `var` stands: at the top, in an element of a list, or in `reduce`. */
type Sight = 'top' | 'number' | 'word' | 'row' | 'fold';
type Kind = 'boolean' | 'number' | 'string' | 'numbers' | 'words' | 'rows';
type Option = readonly [OperatorName, () => Json];

const variables: Readonly<
  Record<
    Sight,
    Readonly<
      Record<'boolean' | 'number' | 'string' | 'word' | 'decimal' | 'integer' | 'nonzero', readonly string[]>
    >
  >
> = {
  top: {
    boolean: ['b', 'c', 'o.b'],
    number: ['n', 'm', 'o.n', 'o.p.n', 'xs.0'],
    string: ['s', 't', 'o.s', 'e'],
    word: ['s', 't'],
    decimal: ['d'],
    integer: ['i'],
    nonzero: ['z'],
  },
  number: { boolean: [], number: [''], string: [], word: [], decimal: [], integer: [], nonzero: [] },
  word: { boolean: [], number: [], string: [''], word: [], decimal: [], integer: [], nonzero: [] },
  row: {
    boolean: ['b'],
    number: ['v', 't.n'],
    string: ['s'],
    word: ['s'],
    decimal: ['d'],
    integer: [],
    nonzero: ['z'],
  },
  fold: {
    boolean: [],
    number: ['accumulator', 'current'],
    string: [],
    word: [],
    decimal: [],
    integer: [],
    nonzero: [],
  },
};

/** Total data for well-typed rules: lists have elements, `z` is not zero, `d` is a decimal-number string. */
export function typedData(dice: Dice): Record<string, unknown> {
  const row = () => ({
    v: dice.pick(numbers),
    s: dice.pick(words),
    b: dice.chance(50),
    d: dice.pick(decimals),
    z: dice.pick([-2, 1, 4]),
    t: { n: dice.pick(numbers) },
  });
  const several = <T>(make: () => T): T[] => Array.from({ length: 1 + dice.below(4) }, make);
  return {
    b: dice.chance(50),
    c: dice.chance(50),
    n: dice.pick(numbers),
    m: dice.pick(numbers),
    i: dice.below(7) - 3,
    z: dice.pick([-2, 0.5, 3]),
    s: dice.pick(words),
    t: dice.pick(words),
    e: dice.pick(['', 'a']),
    d: dice.pick(decimals),
    xs: several(() => dice.pick(numbers)),
    ss: several(() => dice.pick(words)),
    rows: several(row),
    o: { b: dice.chance(50), n: dice.pick(numbers), s: dice.pick(words), p: { n: dice.pick(numbers) } },
  };
}

const listMakers: readonly OperatorName[] = ['missing', 'missing_some', 'map', 'filter', 'merge'];

/** Makes well-typed rules. `favour` is an operator that this pair should hold, so that each gets its share. */
class Writer {
  private readonly dice: Dice;
  private favour: OperatorName | undefined;
  constructor(dice: Dice) {
    this.dice = dice;
    this.favour = dice.chance(10) ? dice.pick(listMakers) : dice.pick(operatorNames);
  }

  /** One of the options; the favoured operator, once, wherever it fits. */
  private choose(options: readonly Option[]): Json {
    const wanted = options.find(([name]) => name === this.favour);
    if (wanted && this.dice.chance(70)) {
      this.favour = undefined;
      return wanted[1]();
    }
    return this.dice.pick(options)[1]();
  }

  private several(make: () => Json, least = 1, most = 3): Json[] {
    const spread = this.dice.chance(35) ? most - least + 1 : Math.min(2, most - least + 1);
    return Array.from({ length: least + this.dice.below(spread) }, make);
  }

  private variable(sight: Sight, kind: keyof (typeof variables)['top']): Json | undefined {
    const names = variables[sight][kind];
    if (names.length === 0) return undefined;
    const name = this.dice.pick(names);
    if (sight !== 'top') return { var: name };
    const form = this.dice.below(12);
    if (form === 0) return { var: [{ cat: [name.slice(0, 1), name.slice(1)] }] };
    if (form === 1) return { var: [name, 'unused'] };
    return this.dice.chance(50) ? { var: name } : { var: [name] };
  }

  make(kind: Kind, depth: number, sight: Sight): Json {
    switch (kind) {
      case 'boolean':
        return this.boolean(depth, sight);
      case 'number':
        return this.number(depth, sight);
      case 'string':
        return this.string(depth, sight);
      case 'numbers':
      case 'words':
      case 'rows':
        return this.list(kind, depth, sight);
    }
  }

  private leaf(kind: 'boolean' | 'number' | 'string', sight: Sight): Json {
    if (this.dice.chance(75)) {
      const read = this.variable(sight, kind);
      if (read !== undefined) return read;
    }
    if (kind === 'boolean') return this.dice.chance(50);
    return this.dice.pick<Json>(kind === 'number' ? numbers : words);
  }

  /** A number, a decimal-number string or something that gives one. */
  private operand(depth: number, sight: Sight): Json {
    if (this.dice.chance(15)) return this.variable(sight, 'decimal') ?? this.dice.pick(decimals);
    return this.number(depth, sight);
  }

  private nonzero(sight: Sight): Json {
    return (
      (this.dice.chance(50) ? this.variable(sight, 'nonzero') : undefined) ??
      this.dice.pick([-2, 0.5, 3, '4'])
    );
  }

  private word(depth: number, sight: Sight): Json {
    if (depth > 1 && this.dice.chance(20)) return { cat: [this.string(depth - 1, sight), 'a'] };
    return (this.dice.chance(60) ? this.variable(sight, 'word') : undefined) ?? this.dice.pick(words);
  }

  private branches(kind: Kind, depth: number, sight: Sight): Json[] {
    const parts: Json[] = [];
    for (let i = 1 + this.dice.below(2); i > 0; i--)
      parts.push(this.truth(depth, sight), this.make(kind, depth, sight));
    return [...parts, this.make(kind, depth, sight)];
  }

  /** Anything whose truth can be asked. */
  private truth(depth: number, sight: Sight): Json {
    const kinds =
      sight === 'top'
        ? (['boolean', 'number', 'string', 'numbers', 'words'] as const)
        : (['boolean', 'number', 'string'] as const);
    return this.make(this.dice.chance(70) ? 'boolean' : this.dice.pick(kinds), depth, sight);
  }

  private comparison(depth: number, sight: Sight): Json[] {
    if (this.dice.chance(30)) return [this.string(depth, sight), this.string(depth, sight)];
    return this.dice.chance(85)
      ? [this.number(depth, sight), this.operand(depth, sight)]
      : [this.operand(depth, sight), this.number(depth, sight)];
  }

  private boolean(depth: number, sight: Sight): Json {
    if (depth <= 0) return this.leaf('boolean', sight);
    const d = depth - 1;
    const pair = (): Json[] =>
      this.dice.chance(20) ? [this.boolean(d, sight), this.boolean(d, sight)] : this.comparison(d, sight);
    const any = (): Json => this.make(this.dice.pick(['boolean', 'number', 'string']), d, sight);
    const chain = (): Json[] =>
      this.dice.chance(35)
        ? [this.number(d, sight), this.operand(d, sight), this.number(d, sight)]
        : this.comparison(d, sight);
    const options: Option[] = [
      ['==', () => ({ '==': pair() })],
      ['!=', () => ({ '!=': pair() })],
      ['===', () => ({ '===': [any(), any()] })],
      ['!==', () => ({ '!==': [any(), any()] })],
      ['<', () => ({ '<': chain() })],
      ['<=', () => ({ '<=': chain() })],
      ['>', () => ({ '>': this.comparison(d, sight) })],
      ['>=', () => ({ '>=': this.comparison(d, sight) })],
      ['and', () => ({ and: this.several(() => this.boolean(d, sight)) })],
      ['or', () => ({ or: this.several(() => this.boolean(d, sight)) })],
      ['!', () => (this.dice.chance(50) ? { '!': [this.truth(d, sight)] } : { '!': this.boolean(d, sight) })],
      ['!!', () => ({ '!!': [this.truth(d, sight)] })],
      ['if', () => ({ if: this.branches('boolean', d, sight) })],
      ['?:', () => ({ '?:': this.branches('boolean', d, sight) })],
      ['in', () => ({ in: this.search(d, sight) })],
      ...this.quantifiers(d, sight),
    ];
    if (sight === 'top' && this.favour !== undefined && listMakers.includes(this.favour)) {
      options.push(this.listTruth(this.favour, depth));
    }
    return this.choose(options);
  }

  /** A way to a favoured operator that only lists lead to. */
  private listTruth(name: OperatorName, depth: number): Option {
    return [
      name,
      () => {
        this.favour = name;
        return { [this.dice.pick(['!', '!!'])]: [this.list('words', depth, 'top')] };
      },
    ];
  }

  private search(depth: number, sight: Sight): Json[] {
    if (this.dice.chance(35)) return [this.word(depth, sight), this.string(depth, sight)];
    const kind = this.dice.pick(['number', 'string'] as const);
    const literals = (): Json =>
      this.several(() => this.dice.pick<Json>(kind === 'number' ? numbers : words), 0, 4);
    if (this.dice.chance(30)) return [this.make(kind, depth, sight), literals()];
    const list = this.dice.chance(40)
      ? this.several(() => this.leaf(kind, sight), 0, 4)
      : this.list(kind === 'number' ? 'numbers' : 'words', depth, sight);
    return [this.make(kind, depth, sight), list];
  }

  private quantifiers(depth: number, sight: Sight): Option[] {
    return (['all', 'some', 'none'] as const).map(
      (name) =>
        [
          name,
          () => {
            const [source, inside] = this.source(depth, sight);
            return { [name]: [source, this.truth(depth, inside)] };
          },
        ] as const,
    );
  }

  /** A list that is never empty, and what `var` sees in its elements. */
  private source(depth: number, sight: Sight): [Json, Sight] {
    const kind = this.dice.pick(
      sight === 'top' ? (['numbers', 'words', 'rows'] as const) : (['numbers', 'words'] as const),
    );
    const inside = ({ numbers: 'number', words: 'word', rows: 'row' } as const)[kind];
    if (sight !== 'top')
      return [this.several(() => this.leaf(kind === 'numbers' ? 'number' : 'string', sight)), inside];
    const read = { var: ({ numbers: 'xs', words: 'ss', rows: 'rows' } as const)[kind] };
    if (depth > 1 && kind === 'numbers' && this.dice.chance(25))
      return [{ map: [{ var: 'rows' }, this.number(depth - 1, 'row')] }, inside];
    return [this.dice.chance(80) ? read : { merge: [read, read] }, inside];
  }

  private number(depth: number, sight: Sight): Json {
    if (depth <= 0) return this.leaf('number', sight);
    const d = depth - 1;
    const operand = (): Json => this.operand(d, sight);
    const options: Option[] = [
      ['var', () => this.leaf('number', sight)],
      ['+', () => ({ '+': this.several(operand) })],
      ['-', () => ({ '-': this.several(operand, 1, 2) })],
      ['/', () => ({ '/': [operand(), this.nonzero(sight)] })],
      ['%', () => ({ '%': [operand(), this.nonzero(sight)] })],
      ['min', () => ({ min: this.several(operand) })],
      ['max', () => ({ max: this.several(operand) })],
      ['if', () => ({ if: this.branches('number', d, sight) })],
      ['?:', () => ({ '?:': this.branches('number', d, sight) })],
      ['and', () => ({ and: this.several(() => this.number(d, sight)) })],
      ['or', () => ({ or: this.several(() => this.number(d, sight)) })],
    ];
    // A product with the accumulator would grow beyond every number within a few elements.
    if (sight !== 'fold')
      options.push([
        '*',
        () => ({ '*': this.dice.chance(20) ? [this.number(d, sight)] : this.several(operand, 2) }),
      ]);
    if (sight === 'top') {
      options.push(
        ['count', () => ({ count: [this.list(this.dice.pick(['numbers', 'words', 'rows']), d, sight)] })],
        ['reduce', () => this.fold(d)],
      );
    }
    return this.choose(options);
  }

  private fold(depth: number): Json {
    const source = this.list('numbers', depth, 'top');
    return { reduce: [source, this.number(Math.max(depth, 1), 'fold'), this.number(depth, 'top')] };
  }

  private string(depth: number, sight: Sight): Json {
    if (depth <= 0) return this.leaf('string', sight);
    const d = depth - 1;
    const offset = (): Json =>
      (this.dice.chance(30) ? this.variable(sight, 'integer') : undefined) ?? this.dice.below(7) - 3;
    return this.choose([
      [
        'cat',
        () => ({
          cat: this.several(() => this.make(this.dice.pick(['boolean', 'number', 'string']), d, sight)),
        }),
      ],
      [
        'substr',
        () => ({
          substr: [
            this.make(this.dice.pick(['string', 'string', 'number']), d, sight),
            ...this.several(offset, 1, 2),
          ],
        }),
      ],
      ['if', () => ({ if: this.branches('string', d, sight) })],
      ['or', () => ({ or: this.several(() => this.string(d, sight)) })],
      ['var', () => this.leaf('string', sight)],
    ]);
  }

  private list(kind: 'numbers' | 'words' | 'rows', depth: number, sight: Sight): Json {
    const read = { var: ({ numbers: 'xs', words: 'ss', rows: 'rows' } as const)[kind] };
    const literal = (): Json =>
      this.several(() => this.leaf(kind === 'numbers' ? 'number' : 'string', sight), 0, 4);
    if (depth <= 0 || sight !== 'top')
      return sight !== 'top' ? literal() : kind === 'rows' || this.dice.chance(70) ? read : literal();
    const d = depth - 1;
    const inside = ({ numbers: 'number', words: 'word', rows: 'row' } as const)[kind];
    const options: Option[] = [
      ['var', () => read],
      ['filter', () => ({ filter: [this.list(kind, d, sight), this.truth(d, inside)] })],
      ['merge', () => ({ merge: this.several(() => this.list(kind, d, sight)) })],
    ];
    if (kind !== 'rows') {
      const item = kind === 'numbers' ? 'number' : 'string';
      const from = this.dice.pick(['numbers', 'words', 'rows'] as const);
      const view = ({ numbers: 'number', words: 'word', rows: 'row' } as const)[from];
      options.push(
        ['map', () => ({ map: [this.list(from, d, sight), this.make(item, d, view)] })],
        ['merge', () => ({ merge: this.several(() => this.leaf(item, sight)) })],
      );
    }
    if (kind === 'words') {
      const keys = () =>
        this.several(() => this.dice.pick(['a', 'b', 's', 'e', 'o.s', 'o.x', 'absent', 'xs.9']));
      options.push(
        ['missing', () => (this.dice.chance(30) ? { missing: [keys()] } : { missing: keys() })],
        ['missing_some', () => ({ missing_some: [this.dice.below(3), keys()] })],
      );
    }
    return this.choose(options);
  }
}

/** Any operators with any operands, in numbers that the operators take. */
class Wild {
  private readonly dice: Dice;
  constructor(dice: Dice) {
    this.dice = dice;
  }

  value(depth: number): Json {
    const kind = this.dice.below(depth > 0 ? 12 : 9);
    if (kind < 2) return this.dice.pick(numbers);
    if (kind < 4) return this.dice.pick([...words, ...decimals, '', '1e3', '0x1', ' 1', '+1']);
    if (kind < 5) return this.dice.chance(50);
    if (kind < 6) return this.dice.chance(80) ? [] : {};
    if (kind < 9) return this.dice.pick(['', '1']);
    return Array.from({ length: this.dice.below(4) }, () => this.value(depth - 1));
  }

  data(depth: number): unknown {
    if (depth <= 0 || this.dice.chance(25)) return this.value(1);
    if (this.dice.chance(30)) return Array.from({ length: this.dice.below(4) }, () => this.data(depth - 1));
    return Object.fromEntries(
      ['a', 'b', 'c', 'xs', 's', 'o']
        .filter(() => this.dice.chance(75))
        .map((key) => [key, this.data(depth - 1)]),
    );
  }

  rule(depth: number): Json {
    if (depth <= 0) return this.dice.chance(60) ? this.read() : this.value(1);
    const name = this.dice.pick(operatorNames);
    const [least, most] = arities[name] ?? [2, 2];
    const operands = Array.from({ length: least + this.dice.below(most - least + 1) }, () =>
      this.rule(depth - 1 - this.dice.below(2)),
    );
    if (name === 'var') return this.read();
    if (name === 'missing')
      return { missing: Array.from({ length: 1 + this.dice.below(3) }, () => this.path()) };
    if (name === 'missing_some')
      return {
        missing_some: [this.dice.below(3), Array.from({ length: this.dice.below(4) }, () => this.path())],
      };
    return { [name]: operands };
  }

  private path(): string {
    return this.dice.pick([
      'a',
      'b',
      'c',
      'xs',
      's',
      'o',
      'o.a',
      'o.xs',
      'xs.0',
      'xs.length',
      's.length',
      'a.b.c',
      'constructor',
      'o.toString',
      '__proto__.x',
      'absent',
    ]);
  }

  private read(): Json {
    if (this.dice.chance(15)) return { var: '' };
    if (this.dice.chance(15))
      return { var: this.dice.pick(['current', 'accumulator', 'current.a', 'accumulator.0']) };
    return this.dice.chance(20) ? { var: [this.path(), this.value(1)] } : { var: this.path() };
  }
}

const free: readonly [number, number] = [1, 3];
const arities: Partial<Record<OperatorName, readonly [number, number]>> = {
  if: [0, 5],
  '?:': [0, 5],
  and: free,
  or: free,
  '!': [1, 1],
  '!!': [1, 1],
  '<': [2, 3],
  '<=': [2, 3],
  '+': [0, 3],
  '-': [1, 2],
  '*': [1, 3],
  min: [0, 3],
  max: [0, 3],
  cat: [0, 3],
  substr: [2, 3],
  merge: [0, 3],
  reduce: [2, 3],
  count: [1, 1],
  var: [0, 0],
  missing: [0, 0],
};

const damages: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => '',
  () => [],
  () => ({}),
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 'n/a',
  () => 'NaN',
  () => false,
  () => ({ error: 'timeout' }),
  () => hole,
  () => [hole],
  () => [null],
  () => new Date(0),
  () => 1n,
];

/** Puts between one and three damages into a copy of the data, as a rule where the rule looks. */
export function damage(rule: Json, data: unknown, dice: Dice): unknown {
  const read = [...JSON.stringify(rule).matchAll(/"(\w+)[".]/g)].map((match) => match[1]!);
  let copy = structuredClone(data);
  for (let i = 1 + dice.below(3); i > 0; i--) copy = damageOnce(copy, dice, read);
  return copy;
}

function damageOnce(data: unknown, dice: Dice, read: readonly string[]): unknown {
  const broken = dice.chance(12) ? [] : dice.pick(damages)();
  if (typeof data !== 'object' || data === null || data === hole || data instanceof Date) return broken;
  const keys = Object.keys(data);
  const looked = Array.isArray(data) ? keys : keys.filter((name) => read.includes(name));
  const key = looked.length > 0 ? dice.pick(looked) : keys.length > 0 ? dice.pick(keys) : '0';
  const inner = (data as Record<string, unknown>)[key];
  const deeper = typeof inner === 'object' && inner !== null && dice.chance(60);
  (data as Record<string, unknown>)[key] = deeper ? damageOnce(inner, dice, read) : broken;
  return data;
}

/** Literals that fit nowhere in particular. */
const strangers: readonly Json[] = [0, 1, -1, 2.5, '', '3', 'a', '1e3', ' 1', '+1', true, false, null, []];

/** The stranger that an operator minds most, and the operand it stands in. */
const telling: Readonly<Record<string, readonly [place: number, stranger: Json]>> = {
  '/': [1, 0],
  '%': [1, 0],
  in: [0, null],
};

/** Puts a stranger, or another part of the rule, in the place of an operand. */
function mutate(rule: Json, dice: Dice, donors: readonly Json[]): Json {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return dice.pick(strangers);
  const name = Object.keys(rule)[0]!;
  const raw = (rule as Record<string, Json>)[name]!;
  const operands = (Array.isArray(raw) ? raw : [raw]) as readonly Json[];
  if (operands.length === 0) return rule;
  const place = dice.below(operands.length);
  const inner = operands[place]!;
  const deeper = typeof inner === 'object' && !Array.isArray(inner) && dice.chance(70);
  const [spot, told] = telling[name] ?? [];
  if (spot !== undefined && told !== undefined && dice.chance(50))
    return { [name]: operands.with(spot, told) };
  const stranger = dice.chance(25) ? dice.pick(donors) : dice.pick(strangers);
  return { [name]: operands.with(place, deeper ? mutate(inner, dice, donors) : stranger) };
}

export function makePair(dice: Dice): Pair {
  const sort = dice.below(100);
  if (sort >= 93) {
    const wild = new Wild(dice);
    return { rule: wild.rule(1 + dice.below(4)), data: wild.data(3), sort: 'wild' };
  }
  const data = typedData(dice);
  const writer = new Writer(dice);
  const kind = dice.chance(85) ? 'boolean' : dice.pick(['number', 'string', 'numbers', 'words'] as const);
  const rule = writer.make(kind, dice.pick([1, 1, 2, 2, 2, 3, 3]), 'top');
  if (sort >= 84)
    return { rule: mutate(rule, dice, [...smaller(rule)].slice(0, 8).concat(1)), data, sort: 'wild' };
  return sort >= 60
    ? { rule, data: damage(rule, data, dice), sort: 'broken' }
    : { rule, data, sort: 'typed' };
}

/** Pairs for fast-check. A counterexample shrinks to the parts of its rule. */
class PairArbitrary extends fc.Arbitrary<Pair> {
  generate(random: fc.Random): fc.Value<Pair> {
    return new fc.Value(makePair(new Dice(random.nextInt(-2147483648, 2147483647))), undefined);
  }
  canShrinkWithoutContext(_value: unknown): _value is Pair {
    return true;
  }
  shrink(pair: Pair): fc.Stream<fc.Value<Pair>> {
    const sort = pair.sort === 'typed' ? 'wild' : pair.sort;
    return fc
      .stream(smaller(pair.rule))
      .map((rule) => new fc.Value<Pair>({ ...pair, rule, sort }, undefined));
  }
}

/** Rules that are one step smaller: an operand in place of its operator, or a smaller operand. */
export function* smaller(rule: Json): IterableIterator<Json> {
  if (typeof rule !== 'object' || rule === null) return;
  if (Array.isArray(rule)) {
    for (const [i, item] of (rule as Json[]).entries())
      for (const less of smaller(item)) yield (rule as Json[]).with(i, less);
    return;
  }
  const [name] = Object.keys(rule);
  if (name === undefined) return;
  const operands = (rule as Record<string, Json>)[name]!;
  const list = (Array.isArray(operands) ? operands : [operands]) as readonly Json[];
  yield* list;
  for (const less of smaller(list)) yield { [name]: less };
}

export const pairs: fc.Arbitrary<Pair> = new PairArbitrary();
