import { Composer, type Document, type YAMLError } from 'yaml';
import { type Fault, scan } from './scan.ts';
import { syntaxWords } from './syntax.ts';

/**
 * Composes a text strictly: errors and warnings of the parser are faults in our own words. With `tokens` the nodes keep
 * the tokens they were made of.
 */
export function compose(
  text: string,
  depth: number,
  tokens = false,
): { doc: Document.Parsed | undefined; faults: Fault[] } {
  const composer = new Composer({
    schema: 'core',
    strict: true,
    stringKeys: true,
    // INVARIANT: ours is linear and also sees `1` beside `"1"`.
    uniqueKeys: false,
    prettyErrors: false,
    customTags: [],
    resolveKnownTags: false,
    merge: false,
    keepSourceTokens: tokens,
    // Never `silent`: that hides a second document.
    logLevel: 'error',
  });
  const { docs, faults } = scan(text, composer, depth);
  const [doc, second] = docs;
  if (second)
    faults.push({
      ...syntaxFault('MULTIPLE_DOCS', second.range[0], second.range[0] + 3),
      code: 'yaml/second-document',
    });
  // Broken tags and aliases are told already, as tags and aliases.
  const told = faults.length > 0;
  let lost = false;
  for (const error of doc ? [...doc.errors, ...doc.warnings] : []) {
    if (told && /ALIAS|ANCHOR|TAG|DIRECTIVE|DOCS/.test(error.code)) continue;
    // Where the parser has lost its way, all that follows is unexpected: the first is told.
    if (error.code === 'UNEXPECTED_TOKEN' && lost) continue;
    lost ||= error.code === 'UNEXPECTED_TOKEN';
    faults.push(fromError(error));
  }
  return { doc, faults };
}

function fromError(error: YAMLError): Fault {
  return syntaxFault(error.code, error.pos[0], error.pos[1]);
}

function syntaxFault(code: YAMLError['code'], from: number, to: number): Fault {
  return { code: 'yaml/syntax', ...syntaxWords[code], from, to };
}
