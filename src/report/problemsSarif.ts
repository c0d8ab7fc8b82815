import { compareProblems, type Problem } from '../model/problem.ts';
import { plainAll } from './escape.ts';
import { jsonDocument } from './json.ts';
import { artifactUri, sarifLog, type SarifLocation, type SarifResult, type SarifRule } from './sarifLog.ts';
import { sha1 } from './sha1.ts';

/** What a code of a problem means, and what to do. */
export interface ProblemMeaning {
  meaning: string;
  todo: string;
}

/** Problems as one run of SARIF 2.1.0, each at its place. `version` is that of the program. */
export function problemsSarif(
  found: readonly Problem[],
  version: string,
  meaningOf: (code: string) => ProblemMeaning | undefined,
): string {
  const problems = plainAll([...found].sort(compareProblems));
  const codes = [...new Set(problems.map(({ code }) => code))];
  const rules = codes.map((code): SarifRule => {
    const { meaning, todo } = meaningOf(code) ?? { meaning: code, todo: `soakgate explain ${code}` };
    const level = problems.find((problem) => problem.code === code)?.severity ?? 'error';
    return { id: code, title: meaning, text: meaning, help: todo, level, tags: [] };
  });
  const run = { version, id: 'soakgate/lint/', rules, results: problems.map(resultOf) };
  return jsonDocument(sarifLog([run]));
}

/** GitHub refuses a whole log for one result without a location: where policies are looked for stands for none. */
const noPlace: SarifLocation = { uri: 'policies', line: 1 };

function resultOf({ code, message, severity, at, hint }: Problem): SarifResult {
  return {
    ruleId: code,
    level: severity ?? 'error',
    message: hint === undefined ? message : `${message}; ${hint}`,
    location: at === undefined ? noPlace : { uri: artifactUri(at.path), line: at.line, column: at.column },
    // The message names what is meant, and stays where lines move.
    fingerprint: sha1(JSON.stringify([at?.path ?? '', code, message])),
  };
}
