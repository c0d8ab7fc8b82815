import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const apps = ['apps/backend', 'apps/agent', 'apps/frontend'];
const sources = apps.flatMap((app) => readdirSync(join(app, 'src')).map((file) => join(app, 'src', file)));

test('every source file parses', () => {
  for (const file of sources) {
    const run = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
  }
});

test('a switch is read in config.js and nowhere else', () => {
  for (const file of sources.filter((path) => !path.endsWith('config.js'))) {
    assert.doesNotMatch(readFileSync(file, 'utf8'), /AUTH_MODE|AGENT_TRANSPORT|SECRETS_VAULT_MODE/, file);
  }
});

test('no app imports another', () => {
  for (const file of sources) {
    assert.doesNotMatch(readFileSync(file, 'utf8'), /from '(?:\.\.\/){2,}/, file);
  }
});
