import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/report/index.ts';
import { makeFolder } from '../support/program.ts';
import { fullVerdict } from '../support/verdicts.ts';
import { recipe } from './ci/recipes.ts';

/** Lists comments as `gh api` does with this filter, and notes whatever else it is asked for. */
const gh = `#!/usr/bin/env node
const fs = require('node:fs');
const words = process.argv.slice(2);
if (words.includes('--paginate')) {
  if (process.env.GH_FAILS) process.exit(1);
  const filter = words[words.indexOf('--jq') + 1];
  const [, login] = /user\\.login == "([^"]+)"/.exec(filter);
  const [, start] = /startswith\\("([^"]+)"\\)/.exec(filter);
  const comments = JSON.parse(fs.readFileSync('comments.json', 'utf8'));
  for (const { id, user, body } of comments)
    if (user.login === login && body.startsWith(start)) console.log(id);
} else fs.writeFileSync('asked', words.join(' '));
`;

const bot = { login: 'github-actions[bot]' };
const page = await render('comment', [fullVerdict]);
const older = page.replaceAll(/^(?!<!-- soakgate).*$/gm, 'older');

function comment(comments: readonly object[], env: Readonly<Record<string, string>> = {}) {
  const files = { 'comment.md': page, 'comment.sh': recipe('ci/comment.sh'), gh };
  const { path, remove } = makeFolder({ ...files, 'comments.json': JSON.stringify(comments) });
  chmodSync(join(path, 'gh'), 0o755);
  const given = { GITHUB_REPOSITORY: 'team/shop', PULL_REQUEST: '7', ...env };
  const { status } = spawnSync('sh', ['comment.sh', 'comment.md'], {
    cwd: path,
    env: { PATH: `${path}:${process.env.PATH ?? ''}`, ...given },
  });
  const file = join(path, 'asked');
  const asked = existsSync(file) ? readFileSync(file, 'utf8') : 'nothing';
  remove();
  return { status, asked };
}

const first = { status: 0, asked: 'pr comment 7 --body-file comment.md' };

describe('ci/comment.sh', () => {
  it('replaces the comment of an earlier run', () => {
    const others = [{ id: 1, user: bot, body: 'of another job' }];
    const patched = 'api --silent --method PATCH repos/team/shop/issues/comments/2 --field body=@comment.md';
    expect(comment([...others, { id: 2, user: bot, body: older }])).toEqual({ status: 0, asked: patched });
  });

  it('makes the first one, and leaves those of others alone', () => {
    expect(comment([])).toEqual(first);
    expect(comment([{ id: 3, user: { login: 'mallory' }, body: older }])).toEqual(first);
    expect(comment([{ id: 4, user: bot, body: older.replace(/verdict \S+/, 'verdict other') }])).toEqual(
      first,
    );
  });

  it('fails where the comments cannot be listed, rather than to add one more', () => {
    expect(comment([], { GH_FAILS: '1' })).toEqual({ status: 1, asked: 'nothing' });
  });
});
