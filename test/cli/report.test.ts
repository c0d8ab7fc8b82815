import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readStoredVerdicts } from '../../src/gate/storedVerdicts.ts';
import { formatInstant } from '../../src/model/instant.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { parseVerdicts } from '../../src/parse/verdict.ts';
import { render } from '../../src/report/index.ts';
import { fullVerdict } from '../support/verdicts.ts';
import { makeFolder, soakgate } from '../support/program.ts';

const stored = (name: string): string => resolve(`test/report/demo/${name}.verdict.json`);
const verdict = (name: string) => JSON.parse(readFileSync(stored(name), 'utf8')) as Verdict;

const gatesOf = (one: Verdict, change: Partial<Verdict['gates'][number]>): Verdict => ({
  ...one,
  gates: one.gates.map((gate) => ({ ...gate, ...change })),
});

describe('report', () => {
  const folder = makeFolder({
    'two.json': JSON.stringify([verdict('go'), fullVerdict]),
    'newer.json': JSON.stringify({
      ...verdict('go'),
      score: 1,
      decision: 'hold',
      gates: [],
      policy: { ...fullVerdict.policy, risk: 'low' },
    }),
    'v2.json': JSON.stringify({ ...verdict('go'), apiVersion: 'soakgate/v2' }),
  });
  afterAll(() => folder.remove());
  const report = (...words: readonly string[]) => soakgate(['report', ...words], { cwd: folder.path });

  it('draws a verdict as the check drew it, and exits 0 whatever it says', async () => {
    const ended = await report(
      stored('no-go'),
      '--format',
      'junit',
      '--output',
      'j.xml',
      '--format',
      'pretty',
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toBe(await render('pretty', [verdict('no-go')]));
    expect(readFileSync(join(folder.path, 'j.xml'), 'utf8')).toBe(await render('junit', [verdict('no-go')]));
  });

  it('makes one report of several files and arrays; the same verdict twice counts once', async () => {
    const ended = await report(stored('go'), 'two.json', stored('go'), '--format', 'json');
    const names = (JSON.parse(ended.stdout) as Verdict[]).map(({ policy }) => policy.name);
    expect(names).toEqual(['hardening', 'production-hardening']);
  });

  it('ignores fields of a newer version', async () => {
    expect(await report('newer.json', '--format', 'csv')).toMatchObject({ code: 0, stderr: '' });
  });

  it('refuses another major version, and names every file that it cannot use', async () => {
    const ended = await report('v2.json', 'nothing.json');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('`v2.json` cannot be drawn: it is written in the format `soakgate/v2`');
    expect(ended.stderr).toContain('the file `nothing.json` cannot be read');
  });

  it.each([
    ['past', -1, 'expired'],
    ['to come', 3_600_000, 'go'],
  ])('a go whose end is %s is not told as one for long', async (_end, ahead, decision) => {
    const validUntil = formatInstant(Math.floor((Date.now() + ahead) / 1000) * 1000);
    writeFileSync(join(folder.path, 'kept.json'), JSON.stringify({ ...verdict('go'), validUntil }));
    const output = join(folder.path, `${decision}.out`);
    writeFileSync(output, '');
    const ended = await soakgate(['report', 'kept.json', '--format', 'github'], {
      cwd: folder.path,
      env: { ...process.env, GITHUB_OUTPUT: output },
    });
    expect(ended.code).toBe(0);
    expect(ended.stderr.includes('EXPIRED')).toBe(decision === 'expired');
    expect(readFileSync(output, 'utf8')).toMatch(new RegExp(`^decision<<(.*)\\n${decision}\\n\\1\\n`));
  });

  it('needs a file', async () => expect((await report()).code).toBe(2));
});

describe('a file of verdicts', () => {
  it.each([
    ['', /^line 1: /],
    ['[]', /^it holds no verdict$/],
    ['null', /^it is no verdict$/],
    ['{"kind":"Evidence"}', /^it is no verdict$/],
    ['{"kind":"Verdict","apiVersion":"soakgate/v1"}', /^the document /],
    [JSON.stringify({ ...fullVerdict, decision: 'proceed' }), /^`decision` /],
    [JSON.stringify([fullVerdict, { ...fullVerdict, apiVersion: 'soakgate/v10' }]), /`soakgate\/v10`/],
    [JSON.stringify({ ...fullVerdict, apiVersion: 7 }), /^`apiVersion` /],
    [JSON.stringify({ ...fullVerdict, decision: 'go' }), /^it says `go`, and its gates give `no-go`$/],
    [JSON.stringify({ ...verdict('go'), gates: [] }), /^it says `go`, and its gates give `hold`$/],
    [JSON.stringify(gatesOf(verdict('go'), { role: 'outlook' })), /its gates give `hold`$/],
    [JSON.stringify(gatesOf(verdict('go'), { id: 'phase' })), /its gates give `hold`$/],
    [JSON.stringify(gatesOf(verdict('go'), { rules: [] })), /says `go`, and its rules give `hold`$/],
    [JSON.stringify(gatesOf(verdict('no-go'), { decision: 'go' })), /says `go`, and its rules give `/],
  ])('%.60s is refused', (text, message) => {
    const read = parseVerdicts(text);
    expect('message' in read ? read.message : 'read').toMatch(message);
  });

  it('that was kept is read whole', () => {
    const read = readStoredVerdicts([stored('hold')], '/');
    expect(read.ok && read.value).toEqual([verdict('hold')]);
  });
});
