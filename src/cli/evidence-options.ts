import type { GatherRequest } from '../gate/gather.ts';
import { formatInstant, type Instant, parseInstant } from '../model/instant.ts';
import { type Problem, problems, type Result } from '../model/problem.ts';
import { findCache } from './cache.ts';
import { type Given, has, type OptionSpec, type Session, valueOf, valuesOf } from './command.ts';

/** Options of the commands that collect evidence. */
export const evidenceOptions: readonly OptionSpec[] = [
  { flags: '--root <dir>', text: 'where evidence paths start (default: the top level of the git clone)' },
  { flags: '--run', text: 'run the commands that the policy declares' },
  { flags: '--env-file <file>', text: 'read variables from a file as well; repeatable', repeat: true },
  { flags: '--input <name=value>', text: 'set an input of the policy; repeatable', repeat: true },
  { flags: '--at <time>', text: 'look back at an instant, such as 2026-02-24T09:00:00Z; opens no gate' },
  { flags: '--evidence <file>', text: 'bring evidence that was collected before; repeatable', repeat: true },
  { flags: '--environment <name>', text: 'the environment that is judged' },
  { flags: '--no-cache', text: 'read the policy anew, whatever earlier runs have kept of it' },
];

/** What every command that collects passes on, but for its progress. */
export type EvidenceOptions = Omit<GatherRequest, 'onProgress'>;

export function readEvidenceOptions(given: Given, session: Session): Result<EvidenceOptions> {
  const run = has(given, 'run');
  if (run && session.platform === 'win32')
    return problems({
      code: 'usage/windows-run',
      message: '`--run` does not work on Windows: the processes of a command could not be ended for sure',
      hint: 'run soakgate inside WSL',
    });
  const inputs = readInputs(valuesOf(given, 'input'));
  if (!inputs.ok) return inputs;
  const at = readInstant(valueOf(given, 'at'), session);
  if (!at.ok) return at;
  const root = valueOf(given, 'root');
  const environment = valueOf(given, 'environment');
  const { cwd, env, clock, outputFiles, signal } = session;
  const cache = has(given, 'no-cache') ? undefined : findCache(session.env, session.platform);
  return {
    ok: true,
    value: {
      ...{ cwd, env, clock, outputFiles, signal },
      policyPaths: given.operands,
      run,
      envFiles: valuesOf(given, 'env-file'),
      inputs: inputs.value,
      evidenceFiles: valuesOf(given, 'evidence'),
      ...(root === undefined ? {} : { root }),
      ...(at.value === undefined ? {} : { at: at.value }),
      ...(environment === undefined ? {} : { environment }),
      ...(cache === undefined ? {} : { cache }),
    },
  };
}

export function readInputs(texts: readonly string[]): Result<Readonly<Record<string, string>>> {
  // A null prototype, so that no name means more than itself.
  const inputs: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const text of texts) {
    const cut = text.indexOf('=');
    const name = text.slice(0, cut);
    if (cut < 1) return problems(badInput(`\`--input ${text}\` is not of the form name=value`));
    if (name in inputs) return problems(badInput(`the input \`${name}\` is given twice`));
    inputs[name] = text.slice(cut + 1);
  }
  return { ok: true, value: inputs };
}

function badInput(message: string): Problem {
  return { code: 'usage/bad-input', message, hint: 'write `--input shadow-soak=48h`' };
}

function readInstant(text: string | undefined, session: Session): Result<Instant | undefined> {
  if (text === undefined) return { ok: true, value: undefined };
  const instant = parseInstant(text);
  if (instant !== undefined) return { ok: true, value: instant };
  const now = formatInstant(Math.floor(session.clock() / 1000) * 1000);
  return problems({
    code: 'usage/bad-instant',
    message: `\`--at ${text}\` is no date and time with a zone`,
    hint: `write it as \`${now}\``,
  });
}
