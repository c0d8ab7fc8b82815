import { Command as Commander, CommanderError } from 'commander';
import { nearest } from '../model/nearest.ts';
import type { Problem, Result } from '../model/problem.ts';
import { wrap } from '../report/wrap.ts';
import { type Command, commonOptions, type Given, type GivenOption, type OptionSpec } from './command.ts';

/** Carries a problem out of commander's parser; it never leaves this file. */
class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

function refuse(code: string, message: string, hint?: string): never {
  throw new Refusal({ code, message, ...(hint === undefined ? {} : { hint }) });
}

function allOptions(command: Command): readonly OptionSpec[] {
  return [...command.options, ...commonOptions];
}

/** commander splits the words; what is wrong with them is said in our own (its texts and its exit codes stay unused). */
class Parser extends Commander {
  readonly longNames: readonly string[];

  constructor(command: Command) {
    super(command.name);
    this.helpOption(false).exitOverride().allowExcessArguments(true);
    this.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command.operands !== '') this.argument('[operands...]');
    for (const { flags, text } of allOptions(command)) this.option(flags, text);
    this.longNames = this.options.flatMap((option) => option.long ?? []);
  }

  unknownOption(flag: string): never {
    const name = flag.replace(/=.*$/s, '');
    const known = this.longNames.includes(name);
    if (known) refuse('usage/unexpected-value', `\`${name}\` takes no value`);
    const near = nearest(name, this.longNames);
    const hint =
      near === undefined
        ? `\`soakgate ${this.name()} --help\` lists the options`
        : `did you mean \`${near}\`?`;
    refuse('usage/unknown-option', `\`${this.name()}\` has no option \`${name}\``, hint);
  }

  optionMissingArgument(option: { flags: string }): never {
    refuse('usage/missing-value', `\`${option.flags}\` needs a value`);
  }
}

/** Reads the words after a command's name. */
export function parse(command: Command, words: readonly string[]): Result<Given> {
  const parser = new Parser(command);
  const options: GivenOption[] = [];
  for (const option of parser.options) {
    const name = (option.long ?? option.flags).replace(/^--/, '');
    const event = `option:${option.name()}`;
    parser.on(event, (value?: string) =>
      options.push(option.required ? { name, value: value ?? '' } : { name }),
    );
  }
  try {
    parser.parse([...words], { from: 'user' });
    const given = { operands: parser.args, options };
    check(command, given, parser.longNames);
    return { ok: true, value: given };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problems: [error.problem] };
    if (!(error instanceof CommanderError)) throw error;
    return {
      ok: false,
      problems: [{ code: 'usage/unreadable', message: 'the command line cannot be read' }],
    };
  }
}

function check(command: Command, given: Given, longNames: readonly string[]): void {
  for (const { name, value } of given.options) {
    const spec = allOptions(command).find(({ flags }) => longName(flags) === `--${name}`);
    const count = given.options.filter((option) => option.name === name).length;
    // A variable that a script left empty must not pass for a value, and not swallow the option behind it either.
    if (value?.trim() === '') refuse('usage/empty-value', `\`--${name}\` is given an empty value`);
    if (value !== undefined && longNames.includes(value))
      refuse('usage/missing-value', `\`--${name}\` needs a value, but \`${value}\` follows`);
    if (count > 1 && value !== undefined && spec?.repeat !== true)
      refuse('usage/repeated-option', `\`--${name}\` is given ${count} times`, 'give it once');
  }
  if (given.operands.some((operand) => operand.trim() === ''))
    refuse('usage/empty-value', `\`${command.name}\` is given an empty argument`);
  const extra = given.operands[command.most];
  if (extra !== undefined)
    refuse('usage/unexpected-argument', `\`${command.name}\` does not take \`${extra}\``);
}

function longName(flags: string): string | undefined {
  return /--[a-z-]+/.exec(flags)?.[0];
}

const exitCodes = `Exit codes:
  0 go, or done   1 no-go, or mistakes found   2 could not evaluate
  3 hold          4 internal error, or the result was not wholly written`;

/** The help of one command. */
export function helpOf(command: Command): string {
  const parser = new Parser(command).configureHelp({ helpWidth: 80, sortOptions: false });
  const { options } = parser;
  const helper = parser.createHelp();
  const width = Math.max(...options.map((option) => option.flags.length));
  helper.prepareContext({ helpWidth: 80 });
  const listed = options.map((option) => helper.formatItem(option.flags, width, option.description, helper));
  const usage = `soakgate ${command.name} [options]${command.operands === '' ? '' : ` ${command.operands}`}`;
  const examples = command.examples.map(([line, text]) => `  ${line}\n      ${text}`);
  const formats = `Formats: ${wrap(command.formats.join(', '), 71).join('\n         ')}`;
  const head = `${command.summary}\n\nUsage: ${usage}\n\nOptions:\n${listed.join('\n')}`;
  return `${head}\n\n${formats}\n\nExamples:\n${examples.join('\n')}\n\n${exitCodes}\n`;
}
