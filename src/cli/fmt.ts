import { format, formatBytes, type Formatted } from '../gate/fmt.ts';
import { hideSecrets } from '../gate/hide.ts';
import { policyCap } from '../gate/policyCache.ts';
import { type Problem, problems, type Result } from '../model/problem.ts';
import { plain } from '../report/escape.ts';
import { jsonText } from '../report/json.ts';
import { type Answer, type Command, type Given, has, type Session, valueOf } from './command.ts';

export const fmtCommand: Command = {
  name: 'fmt',
  summary: 'Lays out policies and waivers in one style; meaning and comments stay.',
  operands: '[FILE...]',
  most: Number.POSITIVE_INFINITY,
  options: [
    { flags: '--root <dir>', text: 'where policies/ is looked for (default: here)' },
    { flags: '--check', text: 'change nothing; exit 1 and name the files that differ' },
  ],
  formats: ['pretty', 'json'],
  examples: [
    ['soakgate fmt', 'every policy in policies/, and their waivers'],
    ['soakgate fmt --check', 'for CI'],
    ['soakgate fmt - < policy.yaml', 'from standard input to standard output'],
  ],
  run,
};

async function run(given: Given, { cwd, env }: Session): Promise<Answer> {
  const refuse = (found: readonly Problem[]): Answer => ({
    kind: 'problems',
    problems: hideSecrets(found, env),
  });
  const check = has(given, 'check');
  const { operands } = given;
  if (operands.includes('-')) {
    const streamed = operands.length === 1 ? await fromInput() : problems<Streamed>(notAlone);
    return streamed.ok ? streamAnswer(streamed.value, check) : refuse(streamed.problems);
  }
  const root = valueOf(given, 'root');
  const files = await format({ paths: operands, cwd, ...(root === undefined ? {} : { root }) });
  return files.ok ? filesAnswer(files.value, check) : refuse(files.problems);
}

const notAlone: Problem = {
  code: 'usage/bad-input-file',
  message: '`-` is standard input, and stands beside other files',
  hint: 'give `-` alone',
};

interface Streamed {
  before: Uint8Array;
  after: string;
}

async function fromInput(): Promise<Result<Streamed>> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of process.stdin) {
    pieces.push(piece as Buffer);
    length += (piece as Buffer).length;
    // One piece beyond the cap is enough to refuse it.
    if (length > policyCap) break;
  }
  const before = Buffer.concat(pieces);
  const formatted = formatBytes(before, '-');
  return formatted.ok ? { ok: true, value: { before, after: formatted.value } } : formatted;
}

function streamAnswer({ before, after }: Streamed, check: boolean): Answer {
  const changed = Buffer.compare(before, Buffer.from(after)) !== 0;
  if (check) return filesAnswer([{ file: '-', shown: '-', text: after, changed }], true);
  return { kind: 'result', code: 0, draw: () => Promise.resolve(after) };
}

function filesAnswer(files: readonly Formatted[], check: boolean): Answer {
  const changed = files.filter((file) => file.changed);
  const words = check ? 'is not in the layout of `soakgate fmt`' : 'was laid out anew';
  const lines = changed.map(({ shown }) => `${plain(shown)} ${words}\n`);
  const same = files.length - changed.length;
  const rest = `${same} ${same === 1 ? 'file is' : 'files are'} as they should be\n`.replace(
    'file is as they',
    'file is as it',
  );
  const json = {
    apiVersion: 'soakgate/v1',
    kind: 'Formatted',
    files: files.map(({ shown, changed: differs }) => ({ path: shown, changed: differs })),
  };
  return {
    kind: 'result',
    code: check && changed.length > 0 ? 1 : 0,
    draw: (name) =>
      Promise.resolve(name === 'json' ? jsonText(json) : `${lines.join('')}${same > 0 ? rest : ''}`),
    files: check
      ? []
      : changed.map(({ file, shown, text }) => ({ file, shown, draw: () => Promise.resolve(text) })),
  };
}
