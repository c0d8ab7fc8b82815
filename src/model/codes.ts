import type { CodeExplanation } from './explanation.ts';
import { problemCodes } from './problemCodes.ts';
import { reasonAreas } from './reasonAreas.ts';
import { type Reason, reasons } from './reasons.ts';

/** Every code, reason codes first, each list in the order of its file. */
export const allCodes: readonly string[] = [...Object.keys(reasons), ...Object.keys(problemCodes)];

/** Who gives the problem codes of an area. */
const problemAreas: Readonly<Record<string, string>> = {
  logic: 'the expressions of a policy, when it is loaded',
  policy: 'a policy, when it is loaded; `soakgate lint` shows all of them',
  record: 'the command `record`',
  transition: 'the commands `advance` and `rollback`',
  usage: 'the command line, and the files that it names',
  waiver: 'a waiver, when its policy is loaded',
  yaml: 'the text of a policy or a waiver',
};

/** The meaning of a reason code or a problem code; undefined if there is no such code. */
export function explainCode(code: string): CodeExplanation | undefined {
  const told = { apiVersion: 'soakgate/v1', kind: 'Explanation' } as const;
  if (Object.hasOwn(reasons, code)) {
    const { meaning, todo } = (reasons as Readonly<Record<string, Reason>>)[code] as Reason;
    return { ...told, of: 'reason', code, meaning, givenBy: reasonGiver(code), todo };
  }
  const problem = Object.hasOwn(problemCodes, code) ? problemCodes[code] : undefined;
  if (problem === undefined) return undefined;
  return { ...told, of: 'problem', code, ...problem, givenBy: problemGiver(code) };
}

/** Who gives the reason codes of this one's area. */
export function reasonGiver(code: string): string {
  return (reasonAreas as Readonly<Record<string, string>>)[code.split('.', 1)[0] as string] ?? '';
}

function problemGiver(code: string): string {
  return problemAreas[code.split('/', 1)[0] as string] ?? '';
}
