import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { code, page, table } from './markdown.mjs';

/** Definitions that stand for a value, not for a map with keys of its own; they share one table. */
const isValue = (schema) =>
  schema.$ref !== undefined ||
  schema.properties === undefined ||
  Object.keys(schema.properties).every((key) => key === 'input' || key === 'env');

/** docs/reference/policy.md: every key of a policy, from the schema that editors and the program use. */
export function policyPage() {
  const schema = JSON.parse(readFileSync('schemas/policy.schema.json', 'utf8'));
  const definitions = Object.entries(schema.$defs);
  // The kinds of check stand in `rule` and in `check`; they are told once.
  const maps = definitions.filter(([name, part]) => !isValue(part) && name !== 'check');
  const values = definitions.filter(([, part]) => isValue(part));
  return page(
    'Policy file',
    'schemas/policy.schema.json',
    'YAML 1.2, one document a file, at most 64 kB, UTF-8. Duplicate and unknown keys, tags, anchors and aliases are refused.\n`soakgate lint` says everything that is wrong with a file; an editor completes and explains with\n`# yaml-language-server: $schema=../node_modules/soakgate/schemas/policy.schema.json` in the first line. Keys in bold are\nrequired.',
    '## The file',
    `${schema.description}.`,
    ...section(schema, 'the file'),
    ...maps.flatMap(([name, part]) => [`## ${name}`, `${part.description}.`, ...section(part, name)]),
    '## Values',
    table(
      ['Value', 'Meaning', 'Examples'],
      values.map(([name, part]) => [
        `<a id="${name.toLowerCase()}"></a>${code(name)}`,
        describe(part),
        examples(part),
      ]),
    ),
  );
}

/** The keys of a map, and below them the maps that are written out in place. */
function section(schema, name) {
  const rows = keyRows(schema);
  const inner = Object.entries(schema.properties)
    .filter(([, part]) => part.properties !== undefined)
    .flatMap(([key, part]) => [`### ${code(key)} of ${name}`, ...section(part, key)]);
  return [table(['Key', 'Value', 'Meaning', 'Example'], rows), ...inner];
}

function keyRows(schema) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties).map(([key, part]) => [
    required.has(key) ? `**${code(key)}**` : code(key),
    typeOf(part),
    describe(part),
    examples(part),
  ]);
}

function describe(part) {
  const text = part.description ?? '';
  return part.default === undefined || text.includes('if left out')
    ? text
    : `${text}; ${code(flow(part.default))} if left out`;
}

function typeOf(part) {
  if (part.$ref !== undefined) {
    const name = part.$ref.replace('#/$defs/', '');
    // A part is one check and nothing else: its keys are those of a rule.
    return name === 'check' ? '[one check](#rule)' : `[${name}](#${name.toLowerCase()})`;
  }
  if (part.enum !== undefined) return part.enum.map((value) => code(value)).join(', ');
  if (part.const !== undefined) return code(part.const);
  if (part.type === 'array') return `list of ${typeOf(part.items ?? {})}`;
  if (typeof part.additionalProperties === 'object') return `map of ${typeOf(part.additionalProperties)}`;
  const types = [part.type ?? 'any value'].flat();
  return types
    .map((type) => ({ object: 'map', string: 'text', integer: 'whole number' })[type] ?? type)
    .join(', ');
}

function examples(part) {
  return (part.examples ?? []).map((example) => code(flow(example))).join('<br>');
}

/** As it is written in a policy; a text of digits and dots needs its quotes. */
const flow = (value) =>
  typeof value === 'string' && /^[\d.]+$/.test(value)
    ? `'${value}'`
    : stringify(value, { collectionStyle: 'flow', lineWidth: 0, singleQuote: true })
        .trim()
        .replaceAll(/\s*\n\s*/g, ' ');
