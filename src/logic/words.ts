import { isObject, type Json } from '../model/json.ts';

/** How tightly an operator binds; what binds less is put in parentheses. */
const infix: Readonly<Record<string, { sign: string; binds: number }>> = {
  or: { sign: 'or', binds: 1 },
  and: { sign: 'and', binds: 2 },
  '==': { sign: 'is', binds: 4 },
  '===': { sign: 'is', binds: 4 },
  '!=': { sign: 'is not', binds: 4 },
  '!==': { sign: 'is not', binds: 4 },
  '<': { sign: '<', binds: 4 },
  '<=': { sign: '<=', binds: 4 },
  '>': { sign: '>', binds: 4 },
  '>=': { sign: '>=', binds: 4 },
  in: { sign: 'in', binds: 4 },
  '+': { sign: '+', binds: 5 },
  '-': { sign: '-', binds: 5 },
  '*': { sign: '*', binds: 6 },
  '/': { sign: '/', binds: 6 },
  '%': { sign: '%', binds: 6 },
};

/**
 * JSON Logic as a line that people read: `{"==":[{"var":"Checks"},"pass"]}` is `Checks is "pass"`. For display alone;
 * it is never read back.
 */
export function logicWords(rule: Json): string {
  return say(rule, 0);
}

function say(rule: Json, outer: number): string {
  if (Array.isArray(rule)) return `[${rule.map((item) => say(item as Json, 0)).join(', ')}]`;
  if (!isObject(rule)) return JSON.stringify(rule);
  const [operator, given] = Object.entries(rule)[0] ?? [];
  if (operator === undefined || given === undefined) return JSON.stringify(rule);
  const operands: readonly Json[] = Array.isArray(given) ? (given as readonly Json[]) : [given];
  const [first = ''] = operands;
  if (operator === 'var') return typeof first === 'object' ? say(first, 0) : String(first);
  if (operator === '!' && operands.length === 1) return `not ${say(operands[0] as Json, 3)}`;
  if (operator === '!!' && operands.length === 1) return `${say(operands[0] as Json, 3)} is there`;
  const sign = infix[operator];
  if (!sign || operands.length < 2) return `${operator}(${operands.map((item) => say(item, 0)).join(', ')})`;
  const text = operands.map((item) => say(item, sign.binds + 1)).join(` ${sign.sign} `);
  return sign.binds < outer ? `(${text})` : text;
}
