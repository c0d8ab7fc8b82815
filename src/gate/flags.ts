import { readFileSync, realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { shownPath } from '../collect/variables.ts';
import { type Prepared, prepareAtomic } from '../files/atomic.ts';
import { systemCode } from '../files/systemCode.ts';
import type { Phase, Policy } from '../model/policy.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import { type EditedDotenv, setDotenv } from '../parse/dotenvEdit.ts';
import { foreignLine, foreignUse } from './foreignFile.ts';

/** An env file whose flags a step sets. */
export interface FlagFile {
  /** Its real, absolute path. */
  file: string;
  /** As reports write it. */
  shown: string;
  values: ReadonlyMap<string, string>;
}

/** A flag file that is written beside its place. */
export interface PreparedFlags extends Prepared {
  shown: string;
  changed: readonly string[];
}

export interface FlagWish {
  policy: Policy;
  phase: Phase;
  /** As given by `--write-env`. */
  path: string;
  cwd: string;
  root: string;
}

/** Which variables a file gets, or why the pins of a phase cannot be set there. */
export function planFlags(wish: FlagWish): Result<FlagFile> {
  const { policy, phase, path, cwd, root } = wish;
  const file = realFile(resolve(cwd, path));
  if (file === undefined)
    return problems(envFile(`the file \`${path}\` does not exist`, 'make it first; it may be empty'));
  const foreign = readsEnvironment(wish) ? objectionTo(file, wish) : undefined;
  if (foreign) return problems(foreign);
  const values = new Map<string, string>();
  const bad: Problem[] = [];
  for (const [pin, value] of Object.entries(phase.pins)) {
    const cut = pin.indexOf('.');
    const spec = policy.evidence[pin.slice(0, cut)];
    const elsewhere =
      spec?.kind === 'env'
        ? undefined
        : spec?.kind === 'dotenv'
          ? realFile(resolve(root, spec.path)) === file
            ? undefined
            : `\`${spec.path}\``
          : `evidence of the kind \`${spec?.kind ?? 'none'}\``;
    if (elsewhere === undefined) values.set(pin.slice(cut + 1), String(value));
    else bad.push(pinElsewhere(pin, elsewhere));
  }
  return bad.length > 0 ? problems(...bad) : ok({ file, shown: shownPath(file, realpathSync(root)), values });
}

/** Whether a phase has pins that are read from the environment: then the file has to be read as well. */
export function readsEnvironment({ policy, phase }: Pick<FlagWish, 'policy' | 'phase'>): boolean {
  return Object.keys(phase.pins).some((pin) => policy.evidence[pin.split('.', 1)[0] ?? '']?.kind === 'env');
}

/** Where the flags come from the environment any file could be named, also one that variables would ruin. */
function objectionTo(file: string, { policy, path, cwd, root }: FlagWish): Problem | undefined {
  const places = [relative(realpathSync(root), file), relative(root, resolve(cwd, path))];
  const use = foreignUse(
    policy,
    places.map((place) => place.split(sep).join('/')),
  );
  if (use !== undefined)
    return envFile(`\`${path}\` is ${use}, and no flags are set there`, 'name an env file with --write-env');
  const line = foreignLine(file);
  return line === undefined
    ? undefined
    : envFile(
        `\`${path}\` is no env file: line ${line} is no assignment that can be read`,
        'name an env file, or mend that line',
      );
}

function pinElsewhere(pin: string, where: string): Problem {
  return {
    code: 'transition/pin-elsewhere',
    message: `the pin \`${pin}\` is read from ${where}`,
    hint: 'name that file with --write-env, or set the flags by hand',
  };
}

function envFile(message: string, hint: string): Problem {
  return { code: 'transition/env-file', message, hint };
}

/** Undefined if there is none. */
function realFile(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** What the file becomes; nothing is written. Throws what the system says. */
export function editFlags({ file, shown, values }: FlagFile): Result<EditedDotenv> {
  const text = textOf(readFileSync(file));
  if (text === undefined) return problems(envFile(`\`${shown}\` is not UTF-8`, 'save it as UTF-8'));
  return setDotenv(text, values);
}

/** Writes the file beside its place. Throws what the system says. */
export function prepareFlags(flags: FlagFile): Result<PreparedFlags> {
  const edited = editFlags(flags);
  if (!edited.ok) return edited;
  const prepared = prepareAtomic(flags.file, edited.value.text);
  return ok({ ...prepared, shown: flags.shown, changed: edited.value.changed });
}

/** Its byte order mark stays. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Does some work on a flag file; what the system refuses comes back as a problem. */
export function guardFlags<T>(shown: string, work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'unknown cause') throw error;
    return problems(envFile(`\`${shown}\` could not be written (${code})`, 'mend that and try again'));
  }
}
