import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { describeFailure, runPairs } from '../logic/differential.ts';
import { brokenLaw } from '../logic/laws.ts';
import type { LogicUnderTest } from '../logic/oracle.ts';

const patches = 'test/faults/logic';

/** A fault: one line of one file, replaced by another. */
export interface Fault {
  name: string;
  file: string;
  line: number;
  before: string;
  after: string;
}

export function logicFaults(): Fault[] {
  const names = readdirSync(patches).filter((name) => name.endsWith('.patch'));
  return names
    .sort()
    .map((name) => readPatch(name.slice(0, -'.patch'.length), readFileSync(join(patches, name), 'utf8')));
}

/** Reads a unified diff that replaces one line. */
function readPatch(name: string, text: string): Fault {
  const match = /^--- a\/(.+)\n\+\+\+ b\/\1\n@@ -(\d+) \+\2 @@\n-(.*)\n\+(.*)\n$/.exec(text);
  if (!match) throw new Error(`${name} is no one-line patch`);
  const [, file, line, before, after] = match as unknown as [string, string, string, string, string];
  return { name, file, line: Number(line), before, after };
}

/** The text with the fault in it. The line may have moved, but has to be there once. */
function plant(text: string, fault: Fault): string {
  const lines = text.split('\n');
  const places = [...lines.keys()].filter((i) => lines[i] === fault.before);
  const [place] = places;
  if (place === undefined || places.length > 1) {
    throw new Error(
      `${fault.name}: line \`${fault.before.trim()}\` stands ${places.length} times in ${fault.file}`,
    );
  }
  return lines.with(place, fault.after).join('\n');
}

/** Copies the logic, with a fault or without, to a folder of its own as JavaScript, runs something with it, and removes it. */
export async function withCopy<T>(fault: Fault | undefined, use: (logic: LogicUnderTest) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'soakgate-fault-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    for (const room of ['model', 'logic']) copyRoom(`src/${room}`, folder, fault);
    return use(await load(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function copyRoom(room: string, folder: string, fault: Fault | undefined): void {
  for (const name of readdirSync(room).filter((entry) => entry.endsWith('.ts') && !entry.endsWith('.d.ts'))) {
    const file = `${room}/${name}`;
    const text = readFileSync(file, 'utf8');
    const target = join(folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, transpile(fault?.file === file ? plant(text, fault) : text));
  }
}

const transpiled = new Map<string, string>();

function transpile(text: string): string {
  let script = transpiled.get(text);
  if (script === undefined) {
    const compilerOptions = {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      rewriteRelativeImportExtensions: true,
      verbatimModuleSyntax: true,
    };
    script = ts.transpileModule(text, { compilerOptions }).outputText;
    transpiled.set(text, script);
  }
  return script;
}

async function load(folder: string): Promise<LogicUnderTest> {
  const at = async (file: string) =>
    (await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href)) as LogicUnderTest;
  const { compileForData, compileLogic } = await at('src/logic/compile.js');
  const { evaluateLogic } = await at('src/logic/evaluate.js');
  const { unknownValue } = await at('src/logic/value.js');
  return { compileForData, compileLogic, evaluateLogic, unknownValue };
}

/** What finds a fault, within 100,000 pairs; undefined if nothing does. A crash is a finding. */
export async function finder(fault: Fault | undefined, pairs = 100_000): Promise<string | undefined> {
  return withCopy(fault, (logic) => {
    try {
      const law = brokenLaw(logic);
      if (law !== undefined) return `law: ${law}`;
      const failure = runPairs(logic, 13, pairs);
      return failure && describeFailure(failure);
    } catch (error) {
      return `crash: ${String(error)}`;
    }
  });
}
