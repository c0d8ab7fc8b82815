import type { Verdict } from '../model/verdict.ts';
import type { RenderOptions } from './index.ts';

export type StatusFormat = 'pretty' | 'env' | 'json';

/** Draws where rollouts stand, from the verdicts of their next steps alone; the text ends with a line break. */
export type StatusReporter = (verdicts: readonly Verdict[], options: RenderOptions) => string;

const reporters: Readonly<Record<StatusFormat, () => Promise<StatusReporter>>> = {
  pretty: async () => (await import('./status-pretty.ts')).statusPretty,
  env: async () => (await import('./status-env.ts')).statusEnv,
  json: async () => (await import('./status-json.ts')).statusJson,
};

export const statusFormats: readonly [StatusFormat, ...StatusFormat[]] = ['pretty', 'env', 'json'];

export async function renderStatus(
  format: StatusFormat,
  verdicts: readonly Verdict[],
  options: RenderOptions,
): Promise<string> {
  return (await reporters[format]())(verdicts, options);
}
