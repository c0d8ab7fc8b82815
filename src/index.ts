/** The public API of Soakgate. What is not exported here may change at any time. */
export { collectEvidence, evaluate, parsePolicy } from './gate/library.ts';
export type { LibraryCollectOptions, ParseOptions } from './gate/library.ts';
export type { Collection } from './collect/index.ts';
export type { Evaluation } from './evaluate/judged.ts';
export { evaluateLogic } from './logic/evaluate.ts';
export type { LogicResult } from './logic/compile.ts';
export { type ExitCode, exitCodeOf } from './model/exit.ts';
export type { Evidence, Finding, Subject } from './model/evidence.ts';
export { formatRow as formatMarkdownRow } from './parse/markdown/write.ts';
export { readMarkdownTables } from './parse/markdown/readMarkdownTables.ts';
export type { Json } from './model/json.ts';
export type { Decision, Outcome, Severity } from './model/outcome.ts';
export type { Policy, Waiver } from './model/policy.ts';
export type { Problem, Result } from './model/problem.ts';
export type { ReasonCode } from './model/reasons.ts';
export type { Verdict } from './model/verdict.ts';
export { type Format, render, type RenderOptions } from './report/index.ts';
