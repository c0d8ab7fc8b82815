import type { Json } from '../model/json.ts';
import { compileForData, type LogicResult } from './compile.ts';

/**
 * JSON Logic over plain data with a third answer (semantics section 1): the value that json-logic-js gives, or that it
 * is not known, and why. Never throws: a rule that is refused is not known with the reason `logic.refused`.
 */
export function evaluateLogic(
  rule: Json,
  data: unknown,
  options: { allowEmpty?: boolean } = {},
): LogicResult {
  try {
    const result = compileForData(rule, options);
    if (result.ok) return result.compiled.run(data);
    const reasons = result.problems.map(({ pointer, message }) => ({
      code: 'logic.refused',
      path: pointer,
      message,
    }));
    return { known: false, reasons };
  } catch {
    // JSON cannot throw, but a getter or a proxy of the caller's can; its message is not ours to repeat.
    return {
      known: false,
      reasons: [{ code: 'logic.not-json', message: 'reading the rule or the data fails' }],
    };
  }
}
