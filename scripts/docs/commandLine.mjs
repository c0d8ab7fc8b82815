import { commonOptions } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { code, page, table } from './markdown.mjs';

/** docs/reference/command-line.md, from the commands' own tables: what `--help` says, on one page. */
export async function commandLinePage() {
  const loaded = await Promise.all([...commands.values()].map(({ load }) => load()));
  return page(
    'Command line',
    'src/cli',
    '`soakgate COMMAND [options] [arguments]`. `soakgate help COMMAND` shows the same as this page. The result stands on\nstandard output, progress and problems on standard error. What the exit codes mean: [exit codes](exit-codes.md).',
    'Whoever starts the file itself instead of `soakgate` writes `node -- path/to/bin/soakgate.cjs`: without `--` Node 20 takes\n`--env-file` for its own, and a `NODE_OPTIONS` in that file loads code.',
    '## Options of every command',
    options(commonOptions),
    '`--format NAME --output FILE` may stand several times in pairs; a format without a file goes to standard output.',
    ...loaded.flatMap(section),
  );
}

function section(command) {
  const usage = `soakgate ${command.name} [options]${command.operands === '' ? '' : ` ${command.operands}`}`;
  const examples = command.examples.map(([line, text]) => `- ${code(line)}: ${text}`);
  return [
    `## ${command.name}`,
    command.summary,
    `Usage: ${code(usage)}. Formats: ${command.formats.map(code).join(', ')}; the first is the default.`,
    ...(command.options.length === 0 ? [] : [options(command.options)]),
    `Examples:\n\n${examples.join('\n')}`,
  ];
}

function options(list) {
  return table(
    ['Option', 'Meaning'],
    list.map(({ flags, text }) => [code(flags), text]),
  );
}
