import { type Command, commonOptions, type Given, type GivenOption, type OptionSpec } from './command.ts';

/**
 * Reads the words after a command's name if each of them is an option by its long name, the value behind it, or an
 * operand, and nothing is wrong with any. Undefined is "ask `parse`": it knows every other way to write a line and says
 * what is wrong, but loads commander, which takes longer than reading most policies.
 */
export function readPlain(command: Command, words: readonly string[]): Given | undefined {
  const known = new Map([...command.options, ...commonOptions].map((spec) => [nameOf(spec), spec]));
  const operands: string[] = [];
  const options: GivenOption[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (isPlain(word)) operands.push(word);
    else {
      const spec = known.get(word);
      if (!spec) return undefined;
      const name = word.slice(2);
      if (!takesValue(spec)) options.push({ name });
      else {
        const value = words[++at];
        const again = !spec.repeat && options.some((option) => option.name === name);
        if (value === undefined || !isPlain(value) || again) return undefined;
        options.push({ name, value });
      }
    }
  }
  return operands.length > command.most ? undefined : { operands, options };
}

/** No option, and not empty: a blank word is a variable that a script left empty. */
function isPlain(word: string): boolean {
  return !word.startsWith('-') && word.trim() !== '';
}

function nameOf({ flags }: OptionSpec): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

function takesValue({ flags }: OptionSpec): boolean {
  return flags.endsWith('>');
}
