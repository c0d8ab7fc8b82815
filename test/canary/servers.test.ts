import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder, soakgate } from '../support/program.ts';
import { type Handler, type Running, startServer } from '../support/server.ts';
import { canaries, environment, everyForm, everyFormInLine, leaksIn } from './secrets.ts';

// R22: servers that are told secrets, and say them again in whatever they answer.
const { DEPLOY_TOKEN: token } = canaries;
const header = encodeURIComponent(everyFormInLine).slice(0, 6000);

const answers: Readonly<Record<string, Handler>> = {
  error: (_, response) => {
    const error = `1:2: parse error: ${everyForm}`;
    response.writeHead(400).end(JSON.stringify({ status: 'error', errorType: everyForm, error }));
  },
  warning: (_, response) => {
    response.end(JSON.stringify({ status: 'success', warnings: [everyForm], data: everyForm }));
  },
  labels: (_, response) => {
    const result = [1, 2].map((n) => ({
      metric: { n: String(n), [everyForm]: everyForm },
      values: [[1, everyForm]],
    }));
    response.end(JSON.stringify({ status: 'success', data: { resultType: everyForm, result } }));
  },
  html: (_, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end(everyForm),
  status: (_, response) => void response.writeHead(403, everyFormInLine.slice(0, 9)).end(everyForm),
  redirect: (_, response) => void response.writeHead(302, { Location: `http://${header}` }).end(),
  around: (request, response) =>
    void response.writeHead(302, { Location: `${request.url ?? ''}&${header}` }).end(),
  broken: (_, response) => void response.socket?.end(`${everyForm}\r\n\r\n`),
  type: (_, response) => void response.writeHead(200, { 'Content-Encoding': 'x', 'X-Secret': header }).end(),
  metrics: (_, response) =>
    void response.writeHead(200, { 'Content-Type': 'text/plain' }).end(`m{a="${token}"} 1\n`),
};

let server: Running;
let folder: ReturnType<typeof makeFolder>;

function evidence(): string {
  const way =
    'token: { env: DEPLOY_TOKEN }, headers: { X-Role: { env: VAULT_ROLE } }, retries: 0, timeout: 2s, step: 1m';
  const asked = Object.keys(answers).map(
    (name) => `  ${name}: { prometheus: { url: '${server.url}/${name}', ${way}, query: up } }`,
  );
  return [
    ...asked,
    `  json: { http: { url: '${server.url}/labels/api/', ${way}, samples: /data, time: /t, value: /v } }`,
    `  text: { metrics-text: { url: '${server.url}/html/api/', ${way}, name: m } }`,
    `  several: { metrics-text: { url: '${server.url}/metrics/api/', ${way}, name: m, labels: { a: b } } }`,
    '  in-url: { prometheus: { url: { env: METRICS_URL }, step: 1m, query: up } }',
    '  proxied: { prometheus: { url: "https://metrics.test", step: 1m, retries: 0, timeout: 2s, query: up } }',
    '  lines: { prometheus: { url: "https://metrics.test", step: 1m, token: { env: SIGNING_KEY }, query: up } }',
    '  pem: { prometheus: { url: "https://metrics.test", step: 1m, tls: { ca: { env: TENANT } }, query: up } }',
  ].join('\n');
}

beforeAll(async () => {
  server = await startServer((request, response) => {
    const name = request.url?.split('/')[1] ?? '';
    (answers[name] as Handler)(request, response);
  });
  const names = evidence().match(/^ {2}[a-z-]+/gm) ?? [];
  const rules = names.map(
    (id, index) =>
      `  - { id: r${index}, title: T, metric: { of: ${id.trim()}, within: 5m, stat: max, atMost: 1 } }`,
  );
  const head =
    "apiVersion: soakgate/v1\nkind: Policy\nmetadata: { name: s, title: S, version: '1', owner: o }";
  folder = makeFolder({
    'policy.yaml': `${head}\nevidence:\n${evidence()}\npreflight:\n${rules.join('\n')}\n`,
  });
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

test.each(['check policy.yaml --format json', 'explain r0 policy.yaml', 'collect policy.yaml'])(
  '%s',
  async (line) => {
    const inUrl = `http://me:${encodeURIComponent(token)}@127.0.0.1:1`;
    const env = { ...environment, METRICS_URL: inUrl, HTTPS_PROXY: inUrl };
    const { stdout, stderr } = await soakgate(line.split(' '), { cwd: folder.path, env });
    expect(stderr).toBe('');
    expect(leaksIn(stdout)).toEqual([]);
    if (line.startsWith('check'))
      expect(stdout.match(/(?:samples|server|file)\./g)?.length).toBeGreaterThan(15);
  },
);
