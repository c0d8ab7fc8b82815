import { redactorOf } from '../collect/redactor.ts';
import { namedSecrets } from '../collect/secrets.ts';
import type { Problem } from '../model/problem.ts';

/**
 * Problems without the secrets of the environment: they quote words of the command line and lines of files. An excerpt
 * that holds one is left out, since its caret would point nowhere.
 */
export function hideSecrets(
  problems: readonly Problem[],
  env: Readonly<Record<string, string | undefined>>,
): readonly Problem[] {
  const { text } = redactorOf(namedSecrets(env));
  return problems.map(({ code, message, severity, at, excerpt, hint }) => ({
    code,
    message: text(message),
    ...(severity === undefined ? {} : { severity }),
    ...(at === undefined ? {} : { at: { ...at, path: text(at.path) } }),
    ...(excerpt === undefined || text(excerpt.text) !== excerpt.text ? {} : { excerpt }),
    ...(hint === undefined ? {} : { hint: text(hint) }),
  }));
}
