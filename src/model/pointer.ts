/** JSON Pointers (RFC 6901): `/evidence/flags/env`, the empty text for the whole document. */

/** Adds one step to a pointer. */
export function pointTo(pointer: string, ...steps: readonly (string | number)[]): string {
  return (
    pointer + steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  );
}

/** The steps of a pointer; text that does not begin with `/` (but the empty text) is no pointer. */
export function pointerSteps(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
