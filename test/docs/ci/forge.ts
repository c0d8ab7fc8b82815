import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Running, startServer } from '../../support/server.ts';
import { packProject } from '../page.ts';
import { recipe, releasePolicy, smokeLogs } from './recipes.ts';

/** What a push needs; nothing but the step that pushes is given it. */
export const pushToken = 'a-token-that-pushes';
export const projectPath = 'team/shop';

/** A server with one repository, which whoever fetches or pushes has to show the token. */
export interface Forge {
  /** Address of the server. */
  url: string;
  /** Address of the repository. */
  remote: string;
  /** The same repository as a folder, past the server. */
  bare: string;
  /** A checkout of a branch or commit, as a job finds it; with a depth a shallow one. */
  checkOut(ref: string, depth?: number): string;
  /** Git in the repository of the server. */
  git(...words: readonly string[]): string;
  /** A new folder for what a runner keeps beside the checkout: home, scripts, files that steps write to. */
  runnerFolder(): string;
}

const identity = ['-c', 'user.name=Kim', '-c', 'user.email=kim@example.com', '-c', 'commit.gpgsign=false'];
const quiet = ['ignore', 'pipe', 'ignore'] as const;

export function git(folder: string, ...words: readonly string[]): string {
  const done = execFileSync('git', [...identity, '-C', folder, ...words], {
    encoding: 'utf8',
    stdio: [...quiet],
  });
  return done.trim();
}

/** A package that has Soakgate among its packages of development, with its lockfile. */
function makePackage(folder: string): void {
  const tarball = packProject(folder).slice(folder.length + 1);
  const devDependencies = { soakgate: `file:${tarball}` };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'shop', private: true, devDependencies }),
  );
  const words = ['install', '--package-lock-only', '--offline', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', words, { cwd: folder, stdio: [...quiet] });
}

/** Packed once; each repository begins with a copy. */
let packed: string | undefined;
function packageFolder(): string {
  if (packed === undefined) {
    packed = realpathSync(mkdtempSync(join(tmpdir(), 'ci-package-')));
    makePackage(packed);
  }
  return packed;
}

/** To be called when no forge is made any more: a worker of the tests ends without saying so. */
export function removePackage(): void {
  if (packed !== undefined) rmSync(packed, { recursive: true, force: true });
}

function repositoryFiles(results: readonly ('pass' | 'fail')[]): Readonly<Record<string, string>> {
  return {
    ...smokeLogs(results),
    'policies/release.yaml': releasePolicy,
    '.gitattributes': recipe('.gitattributes'),
    '.gitignore': 'node_modules/\n',
    'ci/push-records.sh': recipe('ci/push-records.sh'),
    'ci/deploy.sh': 'git rev-parse HEAD > "$DEPLOYED"\n',
  };
}

const open: { server: Running; folder: string }[] = [];

/** Ends all servers and removes their repositories and checkouts. */
export async function closeForges(): Promise<void> {
  for (const { server, folder } of open.splice(0)) {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A server whose repository is ready for the recipes, with these results in its log; `closeForges` ends it. */
export async function makeForge(results: readonly ('pass' | 'fail')[]): Promise<Forge> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ci-forge-')));
  const bare = join(folder, `${projectPath}.git`);
  const first = join(folder, 'first');
  cpSync(packageFolder(), first, { recursive: true });
  for (const [name, text] of Object.entries(repositoryFiles(results))) {
    mkdirSync(dirname(join(first, name)), { recursive: true });
    writeFileSync(join(first, name), text);
  }
  git(folder, 'init', '--quiet', '--initial-branch=main', first);
  git(first, 'add', '--all');
  git(first, 'commit', '--quiet', '--message', 'Begin');
  git(folder, 'clone', '--quiet', '--bare', first, bare);
  git(bare, 'config', 'http.receivepack', 'true');
  const server = await startServer((request, response) => serve(folder, request, response));
  open.push({ server, folder });
  const remote = `${server.url}/${projectPath}.git`;
  let checkouts = 0;
  return {
    url: server.url,
    remote,
    bare,
    checkOut: (ref, depth) => {
      const into = join(folder, `checkout-${checkouts++}`);
      const how = depth === undefined ? [] : [`--depth=${depth}`];
      git(folder, 'init', '--quiet', into);
      git(into, 'remote', 'add', 'origin', remote);
      git(into, 'fetch', '--quiet', ...how, `file://${bare}`, ref);
      git(into, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
      return into;
    },
    git: (...words) => git(bare, ...words),
    runnerFolder: () => mkdtempSync(join(folder, 'runner-')),
  };
}

/** The smart protocol of git over HTTP, spoken by git's own backend. */
function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  const [, given = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (!Buffer.from(given, 'base64').toString().endsWith(`:${pushToken}`)) {
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="forge"' }).end();
    return;
  }
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const {
    'content-type': type = '',
    'content-encoding': encoding = '',
    'git-protocol': protocol = '',
  } = request.headers;
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'job',
      REQUEST_METHOD: request.method ?? 'GET',
      PATH_INFO: path,
      QUERY_STRING: query,
      CONTENT_TYPE: type,
      HTTP_CONTENT_ENCODING: Array.isArray(encoding) ? encoding.join() : encoding,
      GIT_PROTOCOL: Array.isArray(protocol) ? protocol.join() : protocol,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.on('close', () => answer(Buffer.concat(parts), response));
}

function answer(said: Buffer, response: ServerResponse): void {
  const end = said.indexOf('\r\n\r\n');
  const headers = said
    .subarray(0, end)
    .toString()
    .split('\r\n')
    .map((line) => line.split(': ', 2) as [string, string]);
  const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
  response.writeHead(
    Number.parseInt(status, 10),
    Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
  );
  response.end(said.subarray(end + 4));
}

/** Rows that jobs of a CI have written, newest last, with the ids of their runs. */
export function pushedRuns(forge: Forge): readonly string[] {
  const names = forge.git('ls-tree', '-r', '--name-only', 'main', 'docs/audits').split('\n');
  const rows = names.flatMap((name) => forge.git('show', `main:${name}`).split('\n'));
  return rows.flatMap((row) => /\brun (\S+)/.exec(row)?.[1] ?? []);
}

export const readVerdict = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'verdict.json'), 'utf8')) as {
    decision: string;
    subject: { commit?: string };
    validUntil: string;
  };
