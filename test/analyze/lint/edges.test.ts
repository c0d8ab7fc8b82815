import { describe, expect, test } from 'vitest';
import { lintExample } from '../../support/lintExamples.ts';

const modes =
  'evidence:\n  flags: { env: { variables: { MODE: { oneOf: [a, b, c] }, N: { type: number, show: true } } } }\n';
const when = (logic: string) => `when: ${logic}, `;
const is = (value: string) => `{ '==': [{ var: flags.MODE }, ${value}] }`;
const rule = (id: string, check: string, more = '') => `  - { id: ${id}, title: T, ${more}${check} }\n`;
const mode = (value: string) => `expect: { flags.MODE: ${value} }`;
const n = (matcher: string) => `expect: { flags.N: { ${matcher} } }`;
const set = mode('set');
const preflight = (...rules: readonly string[]) => `${modes}preflight:\n${rules.join('')}`;
const phase = (id: string, more = '') => `  - { id: ${id}, pins: { flags.MODE: ${id} }${more} }\n`;
const entry = (check: string, more = '') => `, entry: [{ id: e${++count}, title: T, ${more}${check} }]`;
let count = 0;
const phases = (...list: readonly string[]) => `phases:\n${list.join('')}`;
const log = (path = 'docs/smoke.md') => `  smoke:
    log: { path: '${path}', table: T, time: { column: Time, zone: UTC }, columns: { MODE: string, R: string }, views: { ok: { '==': [{ var: R }, x] } } }
`;
const soak = (of: string) => `soak: { of: smoke.ok, phase: ${of}, for: 24h, maxGap: 6h }`;
const quietOf = (heartbeat: string, views = '') => `evidence:
  incidents: { log: { path: 'i-{yyyy}.md', table: T, time: { column: Time, zone: UTC }, columns: { K: string } } }
  beats: { log: { path: 'b-{yyyy}.md', table: T, time: { column: Time, zone: UTC }, columns: { By: string }${views} } }
preflight:
${rule('r', `quiet: { of: incidents, within: 7d, heartbeat: ${heartbeat}, maxGap: 26h }`)}`;
const kims = ", views: { ok: { '==': [{ var: By }, kim] } }";
const command = (body: string) =>
  `evidence:\n  run: { command: { ${body} }, maxAge: 24h }\npreflight:\n${rule('r', 'expect: { run.exitCode: 0 }')}`;

function codes(text: string): readonly string[] {
  return [...new Set(lintExample(text).map(({ problem }) => problem.code.slice('lint/'.length)))];
}

type Case = readonly [what: string, text: string, ...codes: readonly string[]];
const both = preflight(rule('x', mode('a')), rule('y', mode('b')));

/** Of a waiver; now is 2026-02-24T09:00:00Z. */
const waiver = (from: string, expires: string) => `apiVersion: soakgate/v1
kind: Waiver
id: mode-later
policy: example
rule: mode-set
owner: ada@example.com
approver: grace@example.com
reason: Ticket 4711
from: ${from}
expires: ${expires}
`;

const cases: readonly Case[] = [
  ['a waiver of a week on its fifth day', waiver('2026-02-20', '2026-02-27')],
  ['a waiver of a week on its last day', waiver('2026-02-18', '2026-02-25'), 'waiver-expiring'],
  ['a waiver of a quarter, 15 days before its end', waiver('2025-12-12', '2026-03-12')],
  [
    'a waiver of a quarter, a fortnight before its end',
    waiver('2025-12-11', '2026-03-10'),
    'waiver-expiring',
  ],
  ['a waiver that is not valid yet', waiver('2026-02-25', '2026-02-26')],
  ['a heartbeat of a log without views', quietOf('beats')],
  ['a heartbeat of a log with a view', quietOf('beats', kims), 'unused-view', 'heartbeat-of-any-row'],
  ['a heartbeat of a view', quietOf('beats.ok', kims)],
  ['two values of one path', both, 'contradiction'],
  [
    'two lists that meet',
    preflight(rule('x', mode('{ oneOf: [a, b] }')), rule('y', mode('{ oneOf: [b, c] }'))),
  ],
  [
    'two lists that do not meet',
    preflight(rule('x', mode('{ oneOf: [a] }')), rule('y', mode('{ oneOf: [b, c] }'))),
    'contradiction',
  ],
  [
    'all that is left is excluded',
    preflight(rule('x', mode('{ oneOf: [a, b] }')), rule('y', mode('{ not: { oneOf: [a, b] } }'))),
    'contradiction',
  ],
  ['numbers that touch', preflight(rule('x', n('atMost: 5')), rule('y', n('atLeast: 5')))],
  [
    'numbers that do not meet',
    preflight(rule('x', n('atMost: 4')), rule('y', n('atLeast: 5'))),
    'contradiction',
  ],
  [
    'an open bound that touches',
    preflight(rule('x', n('atLeast: 5')), rule('y', "assert: { '<': [{ var: flags.N }, 5] }")),
    'contradiction',
  ],
  [
    'the mirrored comparison',
    preflight(rule('x', n('atLeast: 5')), rule('y', "assert: { '>=': [4, { var: flags.N }] }")),
    'contradiction',
  ],
  [
    'a rule against itself',
    preflight(rule('x', `assert: { and: [${is('a')}, ${is('b')}] }`)),
    'contradiction',
  ],
  ['inside `all`', preflight(rule('x', `all: [{ ${mode('a')} }, { ${mode('b')} }]`)), 'contradiction'],
  ['inside `any` it is a choice', preflight(rule('x', `any: [{ ${mode('a')} }, { ${mode('b')} }]`))],
  [
    '`or` over one path is a choice',
    preflight(rule('x', `assert: { or: [${is('a')}, ${is('b')}] }`), rule('y', mode('b'))),
  ],
  ['warnings decide nothing', preflight(rule('x', mode('a')), rule('y', mode('b'), 'severity: warning, '))],
  [
    'different conditions need not meet',
    preflight(
      rule('s', set),
      rule('x', mode('a'), when("{ '==': [{ var: flags.N }, 1] }")),
      rule('y', mode('b'), when("{ '==': [{ var: flags.N }, 2] }")),
    ),
  ],
  ['gates of different times', `${preflight(rule('x', mode('a')))}exit:\n${rule('y', mode('b'))}`],
  [
    'gates of one time',
    `${preflight(rule('x', mode('a')))}monitors:\n${rule('y', mode('b'))}`,
    'contradiction',
  ],

  [
    'an entry may demand the pins before the switch',
    `${preflight(rule('s', set))}${phases(phase('a'), phase('b', entry(mode('a'))))}`,
  ],
  ['or those after it', `${preflight(rule('s', set))}${phases(phase('a'), phase('b', entry(mode('b'))))}`],
  [
    'but not a third value',
    `${preflight(rule('s', set))}${phases(phase('a'), phase('b', entry(mode('c'))))}`,
    'unreachable-phase',
  ],
  [
    'a condition that does not hold then',
    `${preflight(rule('s', set), rule('x', mode('a'), when(is('a'))))}${phases(phase('a'), phase('b', entry(set)))}`,
  ],
  [
    'two rules that block from both sides',
    `${preflight(rule('x', mode('{ not: b }')))}${phases(phase('a'), phase('b', entry(mode('{ not: a }'))))}`,
    'unreachable-phase',
  ],
  [
    'the exit in the last phase',
    `${modes}${phases(phase('a'), phase('b', entry(set)))}exit:\n${rule('x', mode('a'))}`,
    'against-pins',
  ],

  [
    'a soak of the phase before, in an entry',
    `${modes}${log()}${phases(phase('a'), phase('b', entry(soak('a'))))}`,
  ],
  [
    'a soak of a phase two before',
    `${modes}${log()}${phases(phase('a'), phase('b', entry(set)), phase('c', entry(soak('a'))))}`,
    'wrong-phase',
  ],
  [
    'a soak in the exit',
    `${modes}${log()}${phases(phase('a'), phase('b', entry(set)))}exit:\n${rule('x', soak('b'))}`,
  ],
  [
    'a soak as one choice',
    `${modes}${log()}${phases(phase('a'), phase('b', entry(`any: [{ ${soak('a')} }, { ${soak('b')} }]`)))}`,
  ],
  [
    'a soak for all phases under a condition',
    `${modes}${log()}preflight:\n${rule('s', set)}${rule('x', soak('a'), when(is('a')))}${phases(phase('a'), phase('b', entry(set)))}`,
  ],

  [
    'a condition that the pins never fulfil',
    `${preflight(rule('s', set), rule('x', n('atLeast: 1'), when(is('c'))))}${phases(phase('a'), phase('b', entry(set)))}`,
    'when-never-true',
  ],
  [
    'a condition of the phase itself',
    `${modes}${phases(phase('a'), phase('b', `${entry(set)}, monitors: [{ id: m, title: T, ${when(is('b'))}${n('atLeast: 1')} }]`))}`,
  ],
  [
    'a condition of another phase',
    `${modes}${phases(phase('a'), phase('b', `${entry(set)}, monitors: [{ id: m, title: T, ${when(is('a'))}${n('atLeast: 1')} }, { id: o, title: T, ${set} }]`))}`,
    'when-never-true',
  ],
  [
    'conditions that leave out nothing',
    preflight(...['a', 'b', 'c'].map((value) => rule(`r${value}`, set, when(is(value))))),
  ],
  [
    'conditions that leave out one value',
    preflight(...['a', 'b'].map((value) => rule(`r${value}`, set, when(is(value))))),
    'conditional-gate',
  ],
  [
    'a later pin with part of its demands in the entry',
    `${preflight(rule('s', set), rule('x', 'expect: { flags.N: set, flags.MODE: set }', when(is('b'))))}${phases(phase('a'), phase('b', entry(n('atLeast: 1'))))}`,
    'later-pin-without-twin',
  ],
  [
    'a later pin with its demands spread over the entry',
    `${preflight(rule('s', set), rule('x', 'expect: { flags.N: set, flags.MODE: set }', when(is('b'))))}${phases(phase('a'), phase('b', `, entry: [{ id: p, title: T, expect: { flags.N: set } }, { id: q, title: T, ${set} }]`))}`,
  ],
  [
    'a later pin of the first phase',
    `${preflight(rule('s', set), rule('x', n('atLeast: 1'), when(is('a'))))}${phases(phase('a'), phase('b', entry(set)))}`,
  ],

  ['npm with its file protected', command('run: [npm, test], protects: [package.json]')],
  ['a script of the repository', command('run: [./audit.sh]'), 'unprotected-script'],
  ['node with a file', command('run: [node, scripts/check.mjs]'), 'unprotected-script'],
  ['sh with a command of its own', command("run: [sh, '-c', 'echo ok']")],
  ['a program of the machine', command('run: [terraform, plan]')],

  [
    'a public key is none',
    `evidence:\n  v: { env: { variables: { SIGNING_PUBLIC_KEY: {}, SECRETS_MODE: {}, TOKEN_URL: {}, PRIMARY_KEY: {} } } }\npreflight:\n${rule('r', 'expect: { v.SIGNING_PUBLIC_KEY: set }')}`,
  ],
  [
    'a listed value is none',
    `evidence:\n  v: { env: { variables: { KIND_OF_TOKEN: { oneOf: [jwt, opaque] }, MAX_TOKEN: { type: number } } } }\npreflight:\n${rule('r', 'expect: { v.KIND_OF_TOKEN: set }')}`,
  ],
  [
    'whoever shows it has thought',
    `evidence:\n  v: { env: { variables: { CSRF_TOKEN: { show: true } } } }\npreflight:\n${rule('r', 'expect: { v.CSRF_TOKEN: set }')}`,
  ],

  [
    'a log of a version is not one of a year',
    `evidence:\n${log('docs/smoke-v20261.md')}preflight:\n${rule('r', 'streak: { of: smoke.ok, per: day, atLeast: 2 }')}`,
  ],
  [
    'a log of a day',
    `evidence:\n${log('docs/smoke-2026-02-24.md')}preflight:\n${rule('r', 'streak: { of: smoke.ok, per: day, atLeast: 2 }')}`,
    'log-of-one-period',
  ],
  [
    'a log that no check over time reads',
    `evidence:\n${log('docs/smoke-2026.md')}preflight:\n${rule('r', "assert: { '>': [{ count: [{ var: smoke.ok }] }, 0] }")}`,
  ],
];

describe('lints', () => {
  test.each(cases.map((item): [string, Case] => [item[0], item]))('%s', (_, [, text, ...expected]) => {
    expect(codes(text)).toEqual(expected);
  });
});
