import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
// @ts-expect-error a script without declarations: the one place that says how schemas are compiled
import { createAjv } from '../../scripts/validators.mjs';
import { loadYaml } from '../../src/parse/yaml/load.ts';
import { basePolicy } from '../analyze/base.ts';

type Schema = { readonly [key: string]: unknown };
interface Ajv {
  addSchema(schema: Schema): void;
  compile(schema: Schema): (data: unknown) => boolean;
}

const names = ['policy', 'waiver', 'evidence', 'verdict'] as const;
const schemas = Object.fromEntries(
  names.map((name) => [name, JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as Schema]),
) as Record<(typeof names)[number], Schema>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Every schema of a property, of items, of a definition, with its pointer. */
function partsOf(schema: Schema, pointer = ''): readonly (readonly [string, Schema])[] {
  const children: [string, unknown][] = [];
  for (const key of ['properties', '$defs']) {
    const group = schema[key];
    if (group)
      for (const [name, part] of Object.entries(group)) children.push([`${pointer}/${key}/${name}`, part]);
  }
  return children.flatMap(([at, part]) => [[at, part as Schema] as const, ...partsOf(part as Schema, at)]);
}

describe.each(names)('schemas/%s.schema.json', (name) => {
  const schema = schemas[name];
  const parts = partsOf(schema);
  const definitions = schema['$defs'] as Record<string, Schema>;
  const target = (part: Schema): Schema => definitions[String(part['$ref']).replace('#/$defs/', '')] ?? part;

  test('is draft 2020-12 with an id, a title and a description', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:soakgate:schema:${name}:v1`,
      title: expect.any(String),
      description: expect.any(String),
    });
  });

  test('describes every property in a sentence without a full stop', () => {
    const silent = parts.filter(
      ([, part]) => !/^.{3,}[^.]$/s.test(textOf(part['description'] ?? target(part)['description'])),
    );
    expect(silent.map(([at]) => at)).toEqual([]);
    expect(parts.length).toBeGreaterThan(10);
  });

  test('gives an example of every scalar, and every example fits', async () => {
    const ajv = (await createAjv()) as Ajv;
    ajv.addSchema(schema);
    let examples = 0;
    const wrong: string[] = [];
    for (const [at, part] of parts) {
      const given = (part['examples'] ?? target(part)['examples']) as readonly unknown[] | undefined;
      const scalar = /string|number|boolean|integer/.test(JSON.stringify(target(part)['type']));
      if (scalar && (given === undefined || given.length === 0)) wrong.push(`${at}: no example`);
      const validate = ajv.compile({ $ref: `${String(schema['$id'])}#${at.replaceAll('$', '%24')}` });
      for (const example of given ?? []) {
        examples += 1;
        if (!validate(example)) wrong.push(`${at}: ${JSON.stringify(example)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(examples).toBeGreaterThan(5);
  });
});

describe('schemas/policy.schema.json', () => {
  const accepts = async (value: unknown): Promise<boolean> =>
    ((await createAjv()) as Ajv).compile(schemas.policy)(value);
  const parsed = loadYaml(basePolicy, 'p.yaml');
  const base = JSON.parse(JSON.stringify(parsed.ok ? parsed.value.value : null)) as Record<string, unknown>;

  test('accepts the base policy as it is written, `{ input: … }` included', async () => {
    expect(await accepts(base)).toBe(true);
  });

  test('wants own properties: inherited ones do not count', async () => {
    const { metadata, ...rest } = base;
    expect(await accepts(Object.assign(Object.create({ metadata }) as object, rest))).toBe(false);
  });
});
