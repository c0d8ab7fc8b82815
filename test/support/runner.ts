import { type Annotation, annotationsIn } from './annotations.ts';

/** What GitHub's runner does with the output of a step: the commands that it obeys, and the text between. */
export function runnerReads(output: string): { commands: readonly Annotation[]; text: string } {
  const commands: Annotation[] = [];
  const text: string[] = [];
  let token: string | undefined;
  for (const line of output.split('\n')) {
    const stop = /^::stop-commands::(.+)$/.exec(line)?.[1];
    if (token !== undefined) {
      if (line === `::${token}::`) token = undefined;
      else text.push(line);
    } else if (stop !== undefined) token = stop;
    else if (/^\s*::|##\[/.test(line)) commands.push(...annotationsIn(`${line}\n`));
    else if (line !== '') text.push(line);
  }
  if (token !== undefined) throw new Error('commands are stopped to the end of the step');
  return { commands, text: text.join('\n') };
}

/** What the runner makes of the file that `GITHUB_OUTPUT` names. */
export function outputsIn(file: string): Readonly<Record<string, string>> {
  const lines = file.split('\n');
  const outputs: Record<string, string> = {};
  for (let at = 0; at < lines.length - 1; at++) {
    const [, name, delimiter] = /^([^=<]+)<<(.+)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined || delimiter === undefined) throw new Error(`no output: ${lines[at] ?? ''}`);
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`no end of ${name}`);
    outputs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return outputs;
}
