import { schemaNames, schemaText } from '../gate/schema.ts';
import { nearest } from '../model/nearest.ts';
import type { Answer, Command, Given } from './command.ts';

export const schemaCommand: Command = {
  name: 'schema',
  summary: 'Prints a JSON Schema (draft 2020-12), for editors and other programs.',
  operands: 'NAME',
  most: 1,
  options: [],
  formats: ['json'],
  examples: [['soakgate schema policy --output policy.schema.json', 'for an editor without network']],
  run,
};

async function run(given: Given): Promise<Answer> {
  const [name] = given.operands;
  const known = name === undefined ? undefined : schemaNames.find((schema) => schema === name);
  if (known !== undefined) {
    const text = await schemaText(known);
    return { kind: 'result', code: 0, draw: () => Promise.resolve(text) };
  }
  const near = name === undefined ? undefined : nearest(name, schemaNames);
  const message = name === undefined ? '`schema` needs a name' : `there is no schema \`${name}\``;
  const hint = near === undefined ? `schemas are ${schemaNames.join(', ')}` : `did you mean \`${near}\`?`;
  return { kind: 'problems', problems: [{ code: 'usage/unknown-schema', message, hint }] };
}
