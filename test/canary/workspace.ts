import { canaries, everyForm, everyFormInLine } from './secrets.ts';

const { DEPLOY_TOKEN: token } = canaries;

/** Fit for a cell of a table: no pipes, no backticks. */
const cell = everyFormInLine.replaceAll('|', '/').replaceAll('`', "'");
const xml = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\x20-\x7e]/g, '');

const evidence = `
  vault:
    env: { variables: { VAULT_ROLE: { secret: true, format: uri }, TENANT: { format: email }, NOT_THERE: {} } }
  dot:
    dotenv: { path: deploy.env, variables: { FILE_PASSWORD: { secret: true }, LEVEL: { oneOf: [low] } } }
  fails:
    command: { run: [node, tell.cjs, '3'], timeout: 20s, env: [DEPLOY_TOKEN, VAULT_ROLE, TENANT, SIGNING_KEY], results: { junit: out.xml } }
  json:
    command: { run: [node, tell.cjs, json], timeout: 20s, output: json }
  bad-json:
    command: { run: [node, tell.cjs, '0'], timeout: 20s, output: json, results: { junit: never.xml } }
  slow:
    command: { run: [node, tell.cjs, slow], timeout: 1s }
  killed:
    command: { run: [node, tell.cjs, killed], timeout: 20s }
  not-started:
    command: { run: [${JSON.stringify(`./${token}`)}, ${JSON.stringify(canaries.TENANT)}], timeout: 20s }
  no-folder:
    command: { run: [node], cwd: ${JSON.stringify(canaries.TENANT)}, timeout: 20s }
  log:
    log:
      path: logs/log-{yyyy}.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { Checks: { enum: [pass, fail] }, Count: number, Details: string }
  doc:
    document: { path: doc.md }
  value:
    file: { path: value.json, format: json, pointer: /secret, type: string }
  number:
    file: { path: value.json, format: json, pointer: /secret, type: number }
  text:
    file: { path: value.txt, format: text, pattern: 'value = (.*)', type: string }
  broken-json:
    file: { path: broken.json, format: json, pointer: /a, type: string }
  broken-yaml:
    file: { path: broken.yaml, format: yaml, pointer: /a, type: string }
  broken-toml:
    file: { path: broken.toml, format: toml, pointer: /a, type: string }
  tests:
    junit: { path: tests.xml }
  broken-tests:
    junit: { path: broken.xml }
  ctrf:
    ctrf: { path: ctrf.json }
  sarif:
    sarif: { path: sarif.json }
`;

const rules = `
  - { id: vault, title: Vault, expect: { vault.VAULT_ROLE: set, vault.NOT_THERE: set } }
  - { id: vault-format, title: Vault, expect: { vault.VAULT_ROLE: { format: uri }, vault.TENANT: { format: email } } }
  - { id: dot, title: Dot, expect: { dot.FILE_PASSWORD: set, dot.LEVEL: low } }
  - { id: fails, title: T, passes: fails }
  - { id: slow, title: T, passes: slow }
  - { id: killed, title: T, passes: killed }
  - { id: not-started, title: T, passes: not-started }
  - { id: no-folder, title: T, passes: no-folder }
  - { id: bad-json, title: T, passes: bad-json }
  - { id: output, title: T, expect: { fails.stdout: { contains: nowhere }, bad-json.stdout: { matches: never } } }
  - { id: json, title: T, assert: { '==': [{ var: json.json.a }, 1] } }
  - { id: log, title: T, streak: { of: log, per: day, atLeast: 2, good: { '==': [{ var: Checks }, pass] } } }
  - { id: details, title: T, expect: { log.last.Details: nothing, log.last.Checks: pass } }
  - { id: rows, title: T, assert: { all: [{ var: log }, { '==': [{ var: Details }, x] }] } }
  - { id: doc, title: T, document: { of: doc, sections: [Cutover, Empty], fields: [Approver, Nobody], tasks: done } }
  - { id: field, title: T, expect: { doc.fields.Approver: nobody } }
  - { id: value, title: T, expect: { value: nothing } }
  - { id: number, title: T, expect: { number: { atLeast: 1 } } }
  - { id: text, title: T, expect: { text: nothing } }
  - { id: broken, title: T, expect: { broken-json: x, broken-yaml: x, broken-toml: x } }
  - { id: tests, title: T, passes: tests }
  - { id: broken-tests, title: T, passes: broken-tests }
  - { id: ctrf, title: T, passes: ctrf }
  - { id: sarif, title: T, passes: sarif }
`;

const head = `apiVersion: soakgate/v1
kind: Policy
metadata: { name: canary, title: Canary, version: '1.0.0', owner: me, appliesTo: [x] }
timezone: UTC
`;

/** Writes everything to both streams and ends in the way it is told. */
const tell = `const fs = require('node:fs');
const text = fs.readFileSync('every-form.txt', 'utf8');
const [how] = process.argv.slice(2);
if (how === 'json') { console.log(JSON.stringify({ a: text.split('\\n'), b: { [text]: text } })); process.exit(0); }
for (const [name, value] of Object.entries(process.env)) console.log(name + '=' + value);
for (const fd of [1, 2]) for (let i = 0; i < text.length; i += 7) fs.writeSync(fd, text.slice(i, i + 7));
fs.writeFileSync('out.xml', fs.readFileSync('tests.xml'));
if (how === 'slow') setInterval(() => 0, 1000);
else if (how === 'killed') process.kill(process.pid, 'SIGKILL');
else process.exitCode = Number(how);
`;

const time = (hours: number): string =>
  new Date(Date.now() - hours * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');

const log = `# Log ${cell}

Last Updated: ${cell}

## Entries

| Time | Checks | Count | Details |
|---|---|---|---|
| ${time(50)} | pass | 1 | ${cell} |
| ${time(20)} | ${token} | ${canaries.TENANT} | ${cell} |
| ${time(30)} | pass | 2 | out of order ${cell} |
| ${time(2)} | fail | 3 | ${cell} | too many ${token} |
| ${canaries.TENANT} | pass | 4 | no time |

| ${time(1)} | fail | 3 | detached ${cell} |
<<<<<<< ${token}
${cell}
| ${time(1)} | pass | 5 | ${cell.slice(0, 300)}`;

const document = `---
front: ${JSON.stringify(everyFormInLine)}
---
# Cutover ${token}

Approver: ${token}
Date: ${canaries.TENANT}

## Cutover

${everyForm}

- [ ] open ${token}

## Empty
`;

const junit = `<testsuite name="${xml(token)}" tests="2" failures="1">
<testcase name="${xml(everyFormInLine)}" classname="${xml(token)}"><failure message="${xml(everyForm)}">${xml(everyForm)}</failure></testcase>
<testcase name="ok"/></testsuite>`;

const ctrf = {
  results: {
    tool: { name: token },
    summary: { tests: 1, passed: 0, failed: 1, pending: 0, skipped: 0, other: 0, start: 1, stop: 2 },
    tests: [{ name: everyFormInLine, status: 'failed', duration: 1, message: everyForm, trace: everyForm }],
  },
};

const sarif = {
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: token } },
      results: [{ ruleId: token, level: 'error', message: { text: everyForm } }],
    },
  ],
};

/** A workspace in which every source of evidence holds every form of every secret. */
export const workspace: Readonly<Record<string, string>> = {
  'policy.yaml': `${head}evidence:${evidence}preflight:${rules}waivers: waivers/*.yaml\n`,
  'deploy.env': `FILE_PASSWORD="${canaries.FILE_PASSWORD}"\nLEVEL=${canaries.FILE_PASSWORD}\nno line ${token}\nX='${token}\n`,
  'tell.cjs': tell,
  'every-form.txt': everyForm,
  'logs/log-2026.md': log,
  [`logs/log-${new Date().getUTCFullYear()}.md`]: log,
  'doc.md': document,
  'value.json': JSON.stringify({ secret: token, all: everyForm }),
  'value.txt': `value = ${everyFormInLine}\n`,
  'broken.json': `{"a": ${token}}`,
  'broken.yaml': `a: [${token}\n  "${canaries.TENANT}: *x`,
  'broken.toml': `a = ${token}`,
  'tests.xml': junit,
  'broken.xml': `<testsuite><testcase name="${token}"`,
  'ctrf.json': JSON.stringify(ctrf),
  'sarif.json': JSON.stringify(sarif),
};

/** Policies with something wrong beside a secret: their excerpts show the line. */
export const brokenPolicies: Readonly<Record<string, string>> = {
  syntax: `${head}evidence: { a: [ ${token}`,
  'unknown key': `${head}${JSON.stringify(token)}: 1\n`,
  'duplicate key': `${head}timezone: UTC # ${token}\n`,
  'wrong type': `${head}evidence: { a: { env: { variables: { A: { oneOf: ${JSON.stringify(token)} } } } } }\n`,
  'unknown evidence': broken(`{ id: a, title: x, passes: ${JSON.stringify(token)} }`),
  'bad pattern': broken(`{ id: a, title: x, expect: { a.A: { matches: ${JSON.stringify(`(${token}`)} } } }`),
  'bad time zone': `${head.replace('UTC', JSON.stringify(token))}evidence: {}\n`,
  'bad logic': broken(`{ id: a, title: x, assert: { ${JSON.stringify(token)}: [1] } }`),
};

function broken(rule: string): string {
  return `${head}evidence: { a: { env: { variables: { A: { show: true } } } } }\npreflight: [${rule}]\n`;
}
