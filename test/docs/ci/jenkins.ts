import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { jobEnvironment, type Ran, runScript } from './script.ts';

type Token = { kind: 'text' | 'double' | 'word' | 'mark'; text: string };

/** A block of a declarative pipeline: `stages { … }`, `stage('Gate') { … }`, and what else stands in it. */
export interface Block {
  name: string;
  words: readonly Token[];
  blocks: readonly Block[];
}

/** Strings of both kinds, names, and single marks; whatever Groovy has beside that, the recipes do not use. */
const pattern =
  /'''(?<long>[\s\S]*?)'''|'(?<short>(?:[^'\\\n]|\\.)*)'|"(?<double>(?:[^"\\\n]|\\.)*)"|(?<word>[\w.]+)|(?<mark>[^\s\w])/g;

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(pattern)].map(({ groups = {} }): Token => {
    const { long, short, double, word, mark = '' } = groups as Record<string, string | undefined>;
    const plain = long ?? short;
    // Groovy too joins lines at a backslash.
    if (plain !== undefined) return { kind: 'text', text: plain.replaceAll('\\\n', '') };
    if (double !== undefined) return { kind: 'double', text: double };
    return word === undefined ? { kind: 'mark', text: mark } : { kind: 'word', text: word };
  });
}

export function readJenkinsfile(text: string): Block {
  const tokens = [...tokensOf(text)];
  const root = readBlock(tokens, '');
  const [pipeline, ...others] = root.blocks;
  if (tokens.length > 0 || pipeline?.name !== 'pipeline' || others.length > 0)
    throw new Error('a Jenkinsfile is one block `pipeline`');
  return pipeline;
}

/** Takes tokens up to the brace that ends the block; the words before an opening brace name the one that it begins. */
function readBlock(tokens: Token[], name: string): Block {
  const words: Token[] = [];
  const blocks: Block[] = [];
  for (let token = tokens.shift(); token !== undefined; token = tokens.shift()) {
    if (token.kind === 'mark' && token.text === '}') return { name, words, blocks };
    if (token.kind === 'mark' && token.text === '{') {
      const inner = readBlock(tokens, nameBefore(words));
      blocks.push(inner);
      // What a step such as withCredentials wraps runs in its place.
      words.push(...inner.words);
    } else words.push(token);
  }
  if (name !== '') throw new Error(`the block \`${name}\` never ends`);
  return { name, words, blocks };
}

/** `stage('Gate')` and `withCredentials([…])` are named by what stands before their parentheses. */
function nameBefore(words: readonly Token[]): string {
  let depth = 0;
  for (const { kind, text } of [...words].reverse()) {
    if (kind === 'mark' && text === ')') depth += 1;
    else if (kind === 'mark' && text === '(') depth -= 1;
    else if (depth === 0) return text;
  }
  return '';
}

export function blocksNamed(block: Block, name: string): readonly Block[] {
  return [
    ...(block.name === name ? [block] : []),
    ...block.blocks.flatMap((inner) => blocksNamed(inner, name)),
  ];
}

/** What the given step is called with, each time that it is called with one text. */
export function callsOf(block: Block, step: string): readonly string[] {
  return block.words.flatMap(({ kind, text }, index) => {
    const next = block.words[index + 1];
    return kind === 'word' && text === step && next?.kind === 'text' ? [next.text] : [];
  });
}

/** `environment { MODE = 'shadow' }` */
function environmentOf(pipeline: Block): Readonly<Record<string, string>> {
  const words = blocksNamed(pipeline, 'environment').flatMap((block) => block.words);
  return Object.fromEntries(
    words.flatMap(({ text }, index) => {
      const [equals, value] = words.slice(index + 1);
      return equals?.text === '=' && value?.kind === 'text' ? [[text, value.text]] : [];
    }),
  );
}

/** Runs each `sh` of the steps until one fails: `sh` is the shell with `-xe`. */
export async function playJenkinsfile(
  pipeline: Block,
  { folder, home, env }: { folder: string; home: string; env: Readonly<Record<string, string>> },
): Promise<Ran> {
  const variables = { ...jobEnvironment(home), ...environmentOf(pipeline), ...env };
  const all: Ran = { code: 0, output: '' };
  for (const script of blocksNamed(pipeline, 'steps').flatMap((steps) => callsOf(steps, 'sh'))) {
    const { code, output } = await runScript(['sh', '-xe'], script, { cwd: folder, env: variables });
    all.output += output;
    if (code !== 0) return { ...all, code };
  }
  return all;
}

/** Files that `post` takes away and that are not there. */
export function missingReports(pipeline: Block, folder: string): readonly string[] {
  const [always] = blocksNamed(pipeline, 'always');
  const names = always ? [...callsOf(always, 'archiveArtifacts'), ...callsOf(always, 'junit')] : [];
  return names.filter((name) => !existsSync(join(folder, name)));
}
