import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Verdict } from '../../src/model/verdict.ts';
import { problemsSarif } from '../../src/report/problemsSarif.ts';
import { type Format, render, type RenderOptions } from '../../src/report/index.ts';
import { verdictLists as verdicts } from '../support/verdictLists.ts';
import { fullVerdict } from '../support/verdicts.ts';

const standards = resolve('../shared/standards');
const read = (path: string): string => readFileSync(join(standards, path), 'utf8');

const draw = (format: Format, list: readonly Verdict[], options: Partial<RenderOptions> = {}) =>
  render(format, list, options);

/** Schemas of draft 4 say `id` where later drafts say `$id`; those collected here use nothing else that changed. */
function validatorOf(path: string) {
  const schema = JSON.parse(read(path)) as Record<string, unknown>;
  const { id: _, $schema: __, $id: ___, ...rest } = schema;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(rest);
  return (value: unknown): unknown => (validate(value) ? [] : validate.errors);
}

describe('JUnit is what both schemas accept', () => {
  const schemas = ['windyroad-JUnit.xsd', 'jenkins-junit-10.xsd'];

  it.each(verdicts)('%s', async (_, list) => {
    const input = await draw('junit', list);
    for (const schema of schemas) {
      const words = ['--nonet', '--noout', '--schema', join(standards, 'junit', schema), '-'];
      const checked = spawnSync('xmllint', words, { input, encoding: 'utf8' });
      if (checked.error) throw new Error('xmllint is missing: it comes with libxml2-utils');
      expect(checked.stderr).toBe('- validates\n');
    }
  });

  it('which find fault with another', async () => {
    const input = (await draw('junit', [fullVerdict])).replace(' hostname="localhost"', '');
    const words = ['--nonet', '--noout', '--schema', join(standards, 'junit', schemas[0] ?? ''), '-'];
    expect(spawnSync('xmllint', words, { input, encoding: 'utf8' }).status).not.toBe(0);
  });
});

describe('SARIF is what the schemas accept', () => {
  const schemas = ['sarif/sarif-schema-2.1.0.json', 'sarif/schemastore-sarif-2.1.0.json'].map(
    (path) => [path, validatorOf(path)] as const,
  );

  it.each(verdicts)('%s', async (_, list) => {
    const log: unknown = JSON.parse(await draw('sarif', list));
    for (const [path, faults] of schemas) expect(faults(log), path).toEqual([]);
  });

  it('also that of lint', () => {
    const at = { path: 'policies/a b.yaml', line: 3, column: 5 };
    const found = [
      { code: 'policy/unknown-key', message: 'an unknown key', at, hint: 'remove it' },
      { code: 'usage/no-policy', message: 'no policy', severity: 'warning' as const },
    ];
    const log: unknown = JSON.parse(problemsSarif(found, '0.1.0', () => undefined));
    for (const [path, faults] of schemas) expect(faults(log), path).toEqual([]);
  });

  it('which find fault with another', () => {
    for (const [path, faults] of schemas)
      expect(faults({ version: '2.1.0', runs: [{}] }), path).not.toEqual([]);
  });
});

describe('CTRF is what its schema accepts', () => {
  const faults = validatorOf('ctrf/ctrf.schema.json');

  it.each(verdicts)('%s', async (_, list) => {
    expect(faults(JSON.parse(await draw('ctrf', list)))).toEqual([]);
  });

  it('which finds fault with another', () => expect(faults({ reportFormat: 'CTRF' })).not.toEqual([]));
});

describe('OSCAL is what its schema accepts', () => {
  const versions = ['1-2-2', '1-1-3'].map(
    (version) => [version, validatorOf(`oscal/oscal_complete_schema-${version}.json`)] as const,
  );

  it.each(verdicts)('%s', async (_, list) => {
    const log: unknown = JSON.parse(await draw('oscal', list));
    for (const [version, faults] of versions) expect(faults(log), version).toEqual([]);
  });

  it('which finds fault with another', () => {
    for (const [, faults] of versions) expect(faults({ 'assessment-results': {} })).not.toEqual([]);
  });

  it('names everything once, and the same again', async () => {
    // In the hostile one several rules have the same id, which no policy allows.
    for (const [, list] of verdicts.filter(([name]) => !name.startsWith('hostile'))) {
      const text = await draw('oscal', list);
      const uuids = [...text.matchAll(/"uuid": "([^"]+)"/g)].map(([, uuid]) => uuid);
      expect(new Set(uuids).size).toBe(uuids.length);
      expect(await draw('oscal', list)).toBe(text);
    }
  });
});

describe('OpenReports are what the cluster keeps whole', () => {
  const crd = parseYaml(read('policy-report/openreports/openreports.io_reports.crd.yaml')) as {
    spec: { versions: readonly { name: string; schema: { openAPIV3Schema: CrdSchema } }[] };
  };
  const schema = crd.spec.versions.find(({ name }) => name === 'v1alpha1')?.schema.openAPIV3Schema ?? {};
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

  it.each(verdicts)('%s', async (_, list) => {
    const value = JSON.parse(await draw('openreports', list)) as { kind: string; items?: unknown[] };
    for (const report of value.kind === 'List' ? (value.items ?? []) : [value]) {
      expect(validate(report) ? [] : validate.errors).toEqual([]);
      expect(dropped(report, schema)).toEqual([]);
    }
  });

  it('a field that nobody knows is dropped', () => {
    expect(dropped({ results: [{ policy: 'p', colour: 1 }] }, schema)).toEqual(['results.0.colour']);
    expect(validate({ results: [{}] })).toBe(false);
  });
});

interface CrdSchema {
  properties?: Readonly<Record<string, CrdSchema>>;
  items?: CrdSchema;
  additionalProperties?: unknown;
}

/** Fields that a cluster drops without a word. Metadata are checked by the cluster itself. */
function dropped(value: unknown, schema: CrdSchema, at = ''): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => dropped(item, schema.items ?? {}, `${at}${index}.`));
  if (typeof value !== 'object' || value === null || schema.additionalProperties !== undefined) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const known = schema.properties?.[key];
    if (at === '' && key === 'metadata') return [];
    return known === undefined ? [at + key] : dropped(item, known, `${at}${key}.`);
  });
}
