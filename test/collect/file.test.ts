import { describe, expect, it } from 'vitest';
import { collectEvidence } from '../../src/collect/index.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { FileSpec } from '../../src/model/policy.ts';
import { optionsOf, policyOf, spec, variable } from './policy.ts';

async function collectFile(
  text: string,
  more: Partial<FileSpec>,
  env: Readonly<Record<string, string>> = {},
): Promise<Evidence> {
  const file = spec({ kind: 'file', path: 'f', format: 'json', type: 'string', ...more });
  const vault = spec({ kind: 'env', variables: { KEY: variable({ secret: true }) } });
  const collected = await collectEvidence(
    policyOf({ file, vault }),
    optionsOf({ f: text }, { env, only: new Set(['file']) }),
  );
  if (!collected.ok) throw new Error('no evidence');
  return collected.value.evidence[0] as Evidence;
}

function answer(item: Evidence): unknown {
  if (item.status === 'absent') return item.code;
  return item.content.type === 'value' ? [item.content.value, item.content.line] : 'other';
}

describe('file evidence', () => {
  const cases: readonly [string, string, Partial<FileSpec>, unknown][] = [
    ['JSON', '{\n "a": {"b/c": ["x", "y"]}\n}', { pointer: '/a/b~1c/1' }, ['y', 2]],
    ['the whole document', '"x"', { pointer: '' }, ['x', 1]],
    ['a number', '{"a": 7}', { pointer: '/a', type: 'number' }, [7, 1]],
    ['a number where text is due', '{"a": 7}', { pointer: '/a' }, 'evidence.ill-typed'],
    ['text where a number is due', '{"a": "7"}', { pointer: '/a', type: 'number' }, 'evidence.ill-typed'],
    ['a boolean', '{"a": false}', { pointer: '/a', type: 'boolean' }, [false, 1]],
    ['one of', '{"a": "ws"}', { pointer: '/a', oneOf: ['ws', 'hybrid'] }, ['ws', 1]],
    ['none of', '{"a": "WS"}', { pointer: '/a', oneOf: ['ws', 'hybrid'] }, 'evidence.ill-typed'],
    ['a list', '{"a": []}', { pointer: '/a' }, 'evidence.ill-typed'],
    ['null', '{"a": null}', { pointer: '/a' }, 'evidence.null'],
    ['empty text', '{"a": " "}', { pointer: '/a' }, 'evidence.null'],
    ['nothing there', '{"a": 1}', { pointer: '/b' }, 'file.no-match'],
    ['nothing of a prototype', '{"a": 1}', { pointer: '/constructor/name' }, 'file.no-match'],
    ['beyond a list', '["a"]', { pointer: '/01' }, 'file.no-match'],
    ['broken', '{"a": ', { pointer: '/a' }, 'file.unparsable'],
    ['a name twice', '{"a": "x", "a": "y"}', { pointer: '/a' }, 'file.unparsable'],
    ['a version', '{"version": "1.4.0"}', { pointer: '/version', type: 'version' }, ['1.4.0', 1]],
    ['no version', '{"version": "latest"}', { pointer: '/version', type: 'version' }, 'evidence.ill-typed'],
    ['a time', '{"t": "2026-02-24T09:00:00Z"}', { pointer: '/t', type: 'time' }, ['2026-02-24T09:00:00Z', 1]],
    [
      'a time without offset',
      '{"t": "2026-02-24T09:00:00"}',
      { pointer: '/t', type: 'time' },
      'evidence.ill-typed',
    ],
    ['YAML', 'a:\n  - x\n  - b: y\n', { format: 'yaml', pointer: '/a/1/b' }, ['y', 3]],
    ['YAML with an anchor', 'a: &x 1\nb: *x\n', { format: 'yaml', pointer: '/a' }, 'file.unparsable'],
    ['TOML', '[a]\nb = "y"\nn = 3\n', { format: 'toml', pointer: '/a/b' }, ['y', undefined]],
    ['a TOML number', '[a]\nn = 3\n', { format: 'toml', pointer: '/a/n', type: 'number' }, [3, undefined]],
    [
      'a TOML time',
      't = 2026-02-24T09:00:00Z\n',
      { format: 'toml', pointer: '/t', type: 'time' },
      ['2026-02-24T09:00:00.000Z', undefined],
    ],
    ['broken TOML', 'a = \n', { format: 'toml', pointer: '/a' }, 'file.unparsable'],
    ['a pattern', 'x\nmode ?? "ws"\n', { format: 'text', pattern: 'mode \\?\\? "([a-z]+)"' }, ['ws', 2]],
    ['the same capture twice', 'm=ws\nm=ws\n', { format: 'text', pattern: 'm=([a-z]+)' }, ['ws', 1]],
    ['different captures', 'm=ws\nm=hybrid\n', { format: 'text', pattern: 'm=([a-z]+)' }, 'file.ambiguous'],
    ['no match', 'm=ws\n', { format: 'text', pattern: 'n=([a-z]+)' }, 'file.no-match'],
    ['an empty capture', 'm=\n', { format: 'text', pattern: 'm=([a-z]*)' }, 'evidence.null'],
    ['a capture that took no part', 'm\nm=ws\n', { format: 'text', pattern: 'm(?:=([a-z]+))?' }, ['ws', 2]],
    ['no capture', 'm=ws\n', { format: 'text', pattern: 'm=' }, 'file.no-match'],
    ['two captures', 'm=ws\n', { format: 'text', pattern: '(m)=(ws)' }, 'file.no-match'],
    ['what RE2 does not know', 'aa\n', { format: 'text', pattern: '(a)\\1' }, 'file.no-match'],
    ['a number in text', 'limit 40\n', { format: 'text', pattern: 'limit (\\d+)', type: 'number' }, [40, 1]],
  ];
  it.each(cases)('%s', async (_, text, more, expected) =>
    expect(answer(await collectFile(text, more))).toEqual(expected),
  );

  it('reads large JSON, and nothing else that is large', async () => {
    const filler = 'x'.repeat(3 * 1024 * 1024);
    expect(answer(await collectFile(`{"f": "${filler}", "a": "y"}`, { pointer: '/a' }))).toEqual(['y', 1]);
    for (const format of ['yaml', 'toml', 'text'] as const) {
      expect(answer(await collectFile(`a = "${filler}"`, { format, pointer: '/a', pattern: '(a)' }))).toBe(
        'file.too-large',
      );
    }
    expect(answer(await collectFile(filler.repeat(6), { pointer: '/a' }))).toBe('file.too-large');
  });

  it('cites path and line', async () => {
    const item = await collectFile('\n\nm=ws\n', { format: 'text', pattern: 'm=([a-z]+)' });
    expect(item.source).toEqual({ path: 'f', line: 3 });
  });

  it('is linear on an evil pattern', async () => {
    const begin = performance.now();
    expect(
      answer(await collectFile(`${'a'.repeat(20_000)}!`, { format: 'text', pattern: '((?:a+)+)$' })),
    ).toBe('file.no-match');
    expect(performance.now() - begin).toBeLessThan(3000);
  });

  it('takes secrets out of the value', async () => {
    const item = await collectFile(
      '{"a": "x hunter2-hunter2 y"}',
      { pointer: '/a' },
      { KEY: 'hunter2-hunter2' },
    );
    expect(JSON.stringify(item)).not.toContain('hunter2');
    expect(item.status).toBe('observed');
  });

  it('quotes nothing of a broken file', async () => {
    for (const format of ['json', 'yaml', 'toml'] as const) {
      const item = await collectFile('a = hunter2 {{{ : *hunter2', { format, pointer: '/a' });
      expect(item).toMatchObject({ status: 'absent', code: 'file.unparsable' });
      expect(JSON.stringify(item)).not.toContain('hunter2');
    }
  });
});

describe('result files', () => {
  const results = async (text: string) => {
    const policy = policyOf({ t: spec({ kind: 'junit', path: 'r.xml' }) });
    const collected = await collectEvidence(policy, optionsOf({ 'r.xml': text }));
    return collected.ok ? collected.value.evidence[0] : undefined;
  };

  it('are evidence of their counts', async () => {
    expect(await results('<testsuite><testcase name="a"><failure/></testcase></testsuite>')).toMatchObject({
      status: 'observed',
      kind: 'junit',
      content: { type: 'tests', tests: { path: 'r.xml', total: 1, failed: 1, failures: ['a'] } },
      source: { path: 'r.xml' },
    });
  });

  it('are absent if broken', async () => {
    expect(await results('<testsuite>')).toMatchObject({ status: 'absent', code: 'file.unparsable' });
  });
});
