import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const chunks = 'dist/cli';
const program = join(process.cwd(), 'bin/soakgate.cjs');

describe('the chunks of the program', () => {
  it.each(readdirSync(chunks).filter((name) => name.endsWith('.cjs')))(
    '%s is ASCII, and can be read',
    (name) => {
      const code = readFileSync(join(chunks, name), 'utf8');
      expect(/[^\0-\x7f]/.exec(code)).toBeNull();
      new Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`);
    },
  );
});

/** Says at the end which chunks were loaded, and which modules of Node that cost time. */
const listing = `const { Module } = require('node:module');
const load = Module._load;
const seen = new Set();
const before = process.moduleLoadList.length;
Module._load = function (id, ...rest) { seen.add(id); return load.call(this, id, ...rest); };
process.on('exit', () => {
  const own = process.moduleLoadList.slice(before).filter((name) => name.startsWith('NativeModule ')).map((name) => 'node:' + name.slice(13));
  require('node:fs').writeFileSync(process.env.LOADED, [...seen, ...own].join('\\n'));
});`;

describe('what a run loads', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'soakgate-chunks-'));
    writeFileSync(join(folder, 'listing.cjs'), listing);
    writeFileSync(join(folder, 'state.json'), '{ "errors": 0 }\n');
    writeFileSync(join(folder, 'policy.yaml'), policy);
    writeFileSync(join(folder, 'wrong.yaml'), policy.replace('state.json', 'missing.json'));
    writeFileSync(join(folder, 'frozen.yaml'), `${policy}${phases}`);
    writeFileSync(join(folder, 'freezing.yaml'), `${policy}${phases}${again}`);
    writeFileSync(join(folder, 'smoke.md'), log);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const loaded = (...words: string[]): readonly string[] => loadedAt('', words);

  function loadedAt(home: string, words: readonly string[]): readonly string[] {
    const note = join(folder, 'loaded');
    spawnSync(process.execPath, ['-r', join(folder, 'listing.cjs'), program, ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: home, LOADED: note },
    });
    const ids = readFileSync(note, 'utf8').split('\n');
    const ours = ids.filter((id) => id.endsWith('.cjs')).map((id) => basename(id));
    return [...new Set([...ours, ...ids.filter((id) => costly.has(id))])].sort();
  }

  it('the version is told by the first chunk alone', () =>
    expect(loaded('--version')).toEqual(['main.cjs', 'soakgate.cjs']));

  it('the help of the program needs no command', () =>
    expect(loaded('--help')).toEqual(['help.cjs', 'main.cjs', 'soakgate.cjs']));

  const ordinary = ['check.cjs', 'main.cjs', 'soakgate.cjs'];

  it('an ordinary check loads one chunk, two more to read its policy, and neither commander, sockets nor processes', () =>
    expect(loaded('check', 'policy.yaml', '--root', '.')).toEqual(
      [...ordinary, 'policy.cjs', 'yaml.cjs'].sort(),
    ));

  it('recurrence rules are read where a freeze has one, and nowhere else', () => {
    const late = 'late-recurrence.cjs';
    expect(loaded('check', 'policy.yaml', '--root', '.')).not.toContain(late);
    expect(loaded('check', 'frozen.yaml', '--root', '.')).not.toContain(late);
    expect(loaded('check', 'freezing.yaml', '--root', '.')).toContain(late);
  });

  it('digests are made where they are shown, and nowhere else', () => {
    expect(loaded('check', 'policy.yaml', '--root', '.', '--format', 'json')).toContain('node:crypto');
    expect(loaded('check', 'policy.yaml', '--root', '.', '--format', 'csv')).not.toContain('node:crypto');
  });

  it('what codes mean is loaded where something is wrong', () => {
    expect(loaded('check', 'wrong.yaml', '--root', '.')).toContain('late-reasons.cjs');
    expect(loaded('check', 'policy.yaml', '--root', '.')).not.toContain('late-reasons.cjs');
  });

  it('a check that finds its policy read loads nothing that reads policies', () => {
    const words = ['check', 'policy.yaml', '--root', '.'];
    expect(loadedAt(folder, words)).toContain('policy.cjs');
    expect(loadedAt(folder, words)).toEqual(ordinary);
  });
});

const costly = new Set(
  ['crypto', 'child_process', 'tty', 'net', 'fs/promises', 'worker_threads', 'util'].map(
    (name) => `node:${name}`,
  ),
);

const now = new Date().toISOString().slice(0, 19);
const log = `# Smoke\n\n## Entries\n\n| Timestamp (UTC) | Checks |\n| --- | --- |\n| ${now}Z | pass |\n`;

const policy = `# A policy as people write them
apiVersion: soakgate/v1
kind: Policy
metadata: { name: small, title: A small policy, version: '1.0.0', owner: team }
timezone: UTC
evidence:
  errors: { file: { path: state.json, pointer: /errors, type: number } }
  smoke:
    log:
      path: smoke.md
      table: Entries
      time: { column: Timestamp (UTC), zone: UTC }
      columns: { Checks: { enum: [pass, fail] } }
preflight:
  - id: no-errors
    title: There are no errors
    expect: { errors: { atMost: 0 } }
  - id: daily
    title: A good record each day
    streak: { of: smoke, per: day, good: { '==': [{ var: Checks }, pass] }, atLeast: 1 }
`;

const phases = `phases:
  - { id: small, pins: { errors: 0 } }
  - id: big
    pins: { errors: 1 }
    entry: [{ id: none, title: There are no errors, expect: { errors: { atMost: 0 } } }]
transitions: { path: transitions.md }
freeze:
  - { from: 2020-12-18, until: 2021-01-04, reason: Holiday season }
`;
const again = '  - { from: 2026-01-02T16:00, rrule: FREQ=WEEKLY;BYDAY=FR, for: 64h, reason: Weekend }\n';
