import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { recipeNames, yamlRecipe } from '../docs/ci/recipes.ts';

const schemaPath = resolve('../shared/standards/github/github-workflow.schema.json');

describe('the workflows of the guide are what the schema of GitHub Actions accepts', () => {
  const { $id: _, ...schema } = JSON.parse(readFileSync(schemaPath, 'utf8')) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  const faults = (workflow: unknown): unknown => (validate(workflow) ? [] : validate.errors);
  const names = recipeNames.filter((name) => name.startsWith('.github/workflows/'));

  it('there is one for each job', () => expect(names).toHaveLength(3));

  it.each(names)('%s', (name) => expect(faults(yamlRecipe(name))).toEqual([]));

  it.each(names)('which finds fault with %s where a key or a value is wrong', (name) => {
    const workflow = yamlRecipe(name) as { jobs: Readonly<Record<string, object>> };
    const [[job, body] = ['', {}]] = Object.entries(workflow.jobs);
    const spoilt = [
      { ...workflow, jobs: { [job]: { ...body, 'time-out-minutes': 5 } } },
      { ...workflow, jobs: { [job]: { ...body, permissions: { contents: 'wirte' } } } },
      { ...workflow, on: 'pull_requests' },
    ];
    for (const one of spoilt) expect(faults(one)).not.toEqual([]);
  });
});
