/** json-logic-js ships no types; this is the part that the reference uses. */
declare module 'json-logic-js' {
  const jsonLogic: {
    apply(rule: unknown, data?: unknown): unknown;
    add_operation(name: string, code: (...operands: unknown[]) => unknown): void;
    rm_operation(name: string): void;
  };
  export = jsonLogic;
}
