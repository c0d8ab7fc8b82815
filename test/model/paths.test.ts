import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import { lookUpPath, pathsOf, type PathType } from '../../src/model/paths.ts';
import type { EvidenceSpec } from '../../src/model/policy.ts';
import { basePolicy } from '../analyze/base.ts';

const loaded = loadPolicy(basePolicy, { path: 'p.yaml', digest: () => 'sha256:0' });
if (!loaded.ok) throw new Error('the base policy must load');
const { evidence } = loaded.value.policy;

const typeOf = (path: string): PathType | string => {
  const found = lookUpPath(evidence, path);
  return found.found ? found.type : found.missing;
};
const value = (type: string, more: object = {}) => ({ is: 'value', type, hidden: false, ...more });

describe('the table of paths (semantics section 9)', () => {
  test.each<[string, unknown]>([
    ['flags.ENGINE', value('string', { oneOf: ['old', 'new'] })],
    ['flags.RETRIES', value('number')],
    ['flags.API_URL', value('string', { hidden: true, format: 'uri' })],
    ['flags.API_KEY', value('string', { hidden: true })],
    ['file-env.REGION', value('string')],
    ['flags', 'path'],
    ['flags.toString', 'path'],
    ['constructor', 'evidence'],
    ['tests.exitCode', value('number')],
    ['tests.seconds', value('number')],
    ['tests.stdout', value('string')],
    ['tests.json', 'path'],
    ['audit.json', { is: 'any' }],
    ['audit.json.a.0', { is: 'any' }],
    ['audit.jsonx', 'path'],
    ['smoke', { is: 'rows', log: 'smoke' }],
    ['smoke.strict', { is: 'rows', log: 'smoke', view: 'strict' }],
    ['smoke.loose', 'path'],
    ['smoke.count', value('number')],
    ['smoke.last.Checks', value('string', { oneOf: ['pass', 'fail', 'not-run'] })],
    ['smoke.last.Timestamp (UTC)', value('time')],
    ['smoke.last', 'path'],
    ['smoke.last.Nothing', 'path'],
    ['note.fields.Approved by', value('string')],
    ['note.sections.3. Rollback', value('string')],
    ['note.fields', 'path'],
    ['note.tasks.open', value('number')],
    ['note.tasks.done', value('number')],
    ['version', value('version')],
    ['default', value('string', { oneOf: ['old', 'new'] })],
    ['version.major', 'path'],
    ['unit.failed', value('number')],
    ['repo.commit', value('string')],
    ['repo.branch', value('string')],
    ['repo.dirty', value('boolean')],
    ['repo.committedAt', value('time')],
    ['errors', 'path'],
  ])('%s', (path, type) => {
    expect(typeOf(path)).toEqual(type);
  });

  test('every path that is offered as a hint is found', () => {
    for (const [id, spec] of Object.entries<EvidenceSpec>(evidence)) {
      for (const path of pathsOf(spec, id)) expect(lookUpPath(evidence, path).found, path).toBe(true);
    }
  });
});
