import { describe, expect, test } from 'vitest';
import { buildCheck } from '../../../src/parse/policy/checks.ts';
import { definitionAt } from '../../../src/parse/policy/definition.ts';
import { buildEvidence } from '../../../src/parse/policy/evidence.ts';
import { buildMatcher } from '../../../src/parse/policy/matchers.ts';
import { captureGroups, isVersionRange, patternTrouble } from '../../../src/parse/policy/pattern.ts';
import { definitionWords } from '../../../src/parse/policy/words.ts';
import { policySkeleton, waiverSkeleton } from '../../../src/parse/policy/skeleton.ts';
import type { Json } from '../../../src/model/json.ts';

const at = { path: 'p.yaml', line: 1, column: 1 };

describe('matchers', () => {
  test.each<[Json, unknown]>([
    ['set', { is: 'set' }],
    ['shadow', { is: 'equals', value: 'shadow' }],
    [3, { is: 'equals', value: 3 }],
    [false, { is: 'equals', value: false }],
    [{ equals: 'set' }, { is: 'equals', value: 'set' }],
    [{ oneOf: ['a', 1] }, { is: 'oneOf', values: ['a', 1] }],
    [{ atLeast: 1 }, { is: 'atLeast', bound: 1 }],
    [{ atMost: 1 }, { is: 'atMost', bound: 1 }],
    [{ between: [1, 2] }, { is: 'between', low: 1, high: 2 }],
    [{ matches: 'a+' }, { is: 'matches', pattern: 'a+' }],
    [{ contains: 'a' }, { is: 'contains', text: 'a' }],
    [{ startsWith: 'a' }, { is: 'startsWith', text: 'a' }],
    [{ before: '2026-01-01' }, { is: 'before', instant: '2026-01-01' }],
    [{ after: '2026-01-01' }, { is: 'after', instant: '2026-01-01' }],
    [{ version: '>=1' }, { is: 'version', range: '>=1' }],
    [{ format: 'uri' }, { is: 'format', format: 'uri' }],
    [{ not: 'x' }, { is: 'not', matcher: { is: 'equals', value: 'x' } }],
    [{ not: { atMost: 2 } }, { is: 'not', matcher: { is: 'atMost', bound: 2 } }],
  ])('%j', (written, matcher) => {
    expect(buildMatcher(written)).toEqual(matcher);
  });
});

describe('checks', () => {
  test.each<[Json, unknown]>([
    [{ passes: 'tests' }, { kind: 'passes', of: 'tests' }],
    [
      { streak: { of: 'smoke', per: 'day', atLeast: 7 } },
      { kind: 'streak', of: { log: 'smoke' }, per: 'day', atLeast: 7, columns: {} },
    ],
    [
      { metric: { of: 'e', within: '1h', stat: 'p95', atLeast: 3 } },
      {
        kind: 'metric',
        of: 'e',
        within: 3_600_000,
        stat: 'p95',
        bound: { is: 'atLeast', value: 3 },
        minCoverage: 0.9,
      },
    ],
    [
      { document: { of: 'n', tasks: 'done' } },
      { kind: 'document', of: 'n', sections: [], fields: [], tasksDone: true },
    ],
    [
      { all: [{ passes: 'a' }, { not: { passes: 'b' } }] },
      {
        kind: 'all',
        checks: [
          { kind: 'passes', of: 'a' },
          { kind: 'not', check: { kind: 'passes', of: 'b' } },
        ],
      },
    ],
  ])('%j', (written, check) => {
    expect(buildCheck(written as { [key: string]: Json })).toEqual(check);
  });
});

describe('evidence', () => {
  test.each<[string, Json, unknown]>([
    [
      'defaults of a command',
      { command: { run: ['npm', 'test'] } },
      { kind: 'command', timeout: 600_000, output: 'text', serial: false, env: [], protects: [] },
    ],
    [
      'results',
      { command: { run: ['x'], results: { sarif: 'r' } } },
      { results: { format: 'sarif', path: 'r' } },
    ],
    ['format by ending', { file: { path: 'a.yml' } }, { format: 'yaml', type: 'string' }],
    ['format of anything else', { file: { path: 'a.ts' } }, { format: 'text' }],
    ['format as written', { file: { path: 'a.ts', format: 'json' } }, { format: 'json' }],
    [
      'time of a document',
      { document: { path: 'a.md', time: 'Written' } },
      { kind: 'document', time: 'Written' },
    ],
    [
      'a query with all that is left out',
      { prometheus: { url: 'http://x', query: 'up', step: '5m' } },
      {
        kind: 'prometheus',
        query: 'up',
        step: 300_000,
        instant: false,
        server: { url: { is: 'text', text: 'http://x' }, headers: {}, timeout: 10_000, retries: 2 },
      },
    ],
    [
      'a way to a server',
      {
        http: {
          url: { env: 'URL' },
          samples: '/a',
          time: '/t',
          value: '/v',
          step: '1m',
          basic: { user: 'me', password: { env: 'PASSWORD' } },
          headers: { 'X-Tenant': { env: 'TENANT' } },
          tls: { ca: 'ca.pem', key: { env: 'KEY' }, certificate: { env: 'CERT' }, serverName: 'x' },
          timeout: '3s',
          retries: 0,
        },
      },
      {
        kind: 'http',
        server: {
          url: { is: 'variable', name: 'URL' },
          basic: { user: { is: 'text', text: 'me' }, password: 'PASSWORD' },
          headers: { 'X-Tenant': 'TENANT' },
          tls: {
            ca: { is: 'text', text: 'ca.pem' },
            key: { is: 'variable', name: 'KEY' },
            certificate: { is: 'variable', name: 'CERT' },
            serverName: 'x',
          },
          timeout: 3000,
          retries: 0,
        },
      },
    ],
    [
      'metrics of a file',
      { 'metrics-text': { path: 'a.prom', name: 'm', labels: { job: 'x' }, step: '1m', reduce: 'sum' } },
      { kind: 'metrics-text', path: 'a.prom', name: 'm', labels: { job: 'x' }, step: 60_000, reduce: 'sum' },
    ],
    [
      'enum is oneOf',
      {
        log: {
          path: 'a',
          table: 'T',
          time: { column: 'C' },
          columns: { A: { enum: ['x'] }, B: 'number', C: { type: 'number', oneOf: ['1'] } },
        },
      },
      {
        columns: {
          A: { type: 'string', oneOf: ['x'] },
          B: { type: 'number' },
          C: { type: 'number', oneOf: ['1'] },
        },
      },
    ],
    [
      'what every kind may say',
      { git: {}, bind: 'commit', maxAge: '2h', branch: 'main', description: 'd' },
      { kind: 'git', bind: 'commit', maxAge: 7_200_000, branch: 'main', description: 'd' },
    ],
  ])('%s', (_, written, spec) => {
    expect(buildEvidence(written as { [key: string]: Json }, at)).toMatchObject(spec as object);
  });
});

describe('patterns', () => {
  test.each<[string, number | undefined]>([
    ['a', 0],
    ['(a)(?:b)', 1],
    ['(?P<n>a)(b)', 2],
    ['(?=a)', undefined],
    ['(a', undefined],
    ['a{1001}', undefined],
    ['(a{600}){2}', undefined],
    ['a{600}b{600}', undefined],
    ['a'.repeat(501), undefined],
  ])('%s has %s captures', (pattern, groups) => {
    expect(captureGroups(pattern)).toBe(groups);
    expect(patternTrouble(pattern) === undefined).toBe(groups !== undefined);
  });

  test('ranges of versions', () => {
    expect(['>=1.2 <2', '^1', '1.x || 3', '*'].every(isVersionRange)).toBe(true);
    expect(['newest', '>=one', `>=1 ${' '.repeat(300)}`].some(isVersionRange)).toBe(false);
  });
});

describe('definitions', () => {
  test.each<[string, string]>([
    ['', 'policy'],
    ['/metadata/title', 'text'],
    ['/evidence/any-id', 'evidence'],
    ['/evidence/x/log/columns/Any column', 'column'],
    ['/phases/3/entry/0/soak/for', 'duration'],
    ['/exit/0/all/1/any/0', 'check'],
    ['/exit/0/expect/flags.A/between/1', 'number'],
    ['/nothing/here', ''],
  ])('%j is %j', (pointer, name) => {
    expect(definitionAt('policy', pointer).name).toBe(name);
  });

  test('every definition of words is one of a schema', () => {
    const used = new Set(`${policySkeleton} ${waiverSkeleton}`.split(/[\s:]+/));
    expect(Object.keys(definitionWords).filter((name) => !used.has(name))).toEqual([]);
  });
});
