import { resolve } from 'node:path';
import { isOutputPlace } from '../files/output.ts';
import { nearest } from '../model/nearest.ts';
import { problems, type Result } from '../model/problem.ts';
import { type Command, type Given, has, type Session } from './command.ts';

/** One place that the result goes to. No file means standard output; `file` is absolute, `shown` as it was written. */
export interface Sink {
  format: string;
  /** Whether the format was named; a default one draws results, but no problems. */
  asked: boolean;
  file?: string;
  shown?: string;
}

interface Pair {
  format?: string;
  output?: string;
}

/** `--format F --output FILE` in pairs, in either order; a format without a file goes to standard output. */
function pairs(given: Given): readonly Pair[] {
  const list: Pair[] = [];
  for (const { name, value } of given.options) {
    if ((name !== 'format' && name !== 'output') || value === undefined) continue;
    const last = list.at(-1);
    if (last !== undefined && last[name] === undefined) last[name] = value;
    else list.push({ [name]: value });
  }
  return list;
}

/** Where the result goes and how. With `--quiet` the default report on standard output is left out. */
export function readSinks(command: Command, given: Given, session: Session): Result<readonly Sink[]> {
  const asked = pairs(given);
  if (asked.length === 0)
    return { ok: true, value: has(given, 'quiet') ? [] : [{ format: command.formats[0], asked: false }] };
  const sinks: Sink[] = [];
  for (const { format, output } of asked) {
    if (format === undefined && asked.length > 1)
      return problems({
        code: 'usage/output-without-format',
        message: `\`--output ${output ?? ''}\` has no format of its own`,
        hint: 'write `--format NAME --output FILE` for each file',
      });
    const name = format ?? command.formats[0];
    if (!command.formats.includes(name)) return unknownFormat(command, name);
    const toStdout = output === undefined || output === '-' || output === '/dev/stdout';
    const sink = { format: name, asked: format !== undefined };
    sinks.push(toStdout ? sink : { ...sink, file: resolve(session.cwd, output), shown: output });
  }
  return clash(sinks) ?? noPlace(sinks) ?? { ok: true, value: sinks };
}

function unknownFormat(command: Command, name: string): Result<never> {
  const near = nearest(name, command.formats);
  const hint = near === undefined ? `formats are ${command.formats.join(', ')}` : `did you mean \`${near}\`?`;
  return problems({
    code: 'usage/unknown-format',
    message: `\`${command.name}\` has no format \`${name}\``,
    hint,
  });
}

function clash(sinks: readonly Sink[]): Result<never> | undefined {
  if (sinks.filter((sink) => sink.file === undefined).length > 1)
    return problems({
      code: 'usage/two-on-stdout',
      message: 'two results cannot both go to standard output',
      hint: 'give each format its own `--output FILE`',
    });
  const files = sinks.flatMap((sink) => sink.file ?? []);
  const twice = sinks.find(
    ({ file }) => file !== undefined && files.indexOf(file) !== files.lastIndexOf(file),
  );
  if (twice === undefined) return undefined;
  return problems({
    code: 'usage/same-output',
    message: `\`${twice.shown ?? ''}\` is named by two \`--output\``,
  });
}

/** Said before anything runs: a job of twenty minutes must not end in a folder that is not there. */
function noPlace(sinks: readonly Sink[]): Result<never> | undefined {
  const lost = sinks.find((sink) => sink.file !== undefined && !isOutputPlace(sink.file));
  if (lost === undefined) return undefined;
  return problems({
    code: 'usage/no-folder',
    message: `\`${lost.shown ?? ''}\` cannot be written: its folder does not exist, or it is a folder itself`,
    hint: 'make the folder first',
  });
}
