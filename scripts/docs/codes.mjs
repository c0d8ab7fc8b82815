import { allCodes, explainCode } from '../../src/model/codes.ts';
import { reasons } from '../../src/model/reasons.ts';
import { code, page, table } from './markdown.mjs';

/** docs/reasons.md: every code that stands in a verdict or a problem. */
export function codesPage() {
  const told = allCodes.map(explainCode);
  return page(
    'Codes',
    'src/model/reasons.ts and src/model/problemCodes.ts',
    'Every outcome and every finding carries a **reason code** (with a dot), every mistake in a policy, a waiver or a\ncommand line a **problem code** (with a slash). `soakgate explain CODE` tells one of them. What\n`soakgate lint` says beyond mistakes stands in [lints](reference/lints.md). Codes are a closed list: one that is gone or\nmeans something else is a breaking change.',
    '## Reason codes',
    ...areas(told.filter(({ code: name }) => name in reasons)),
    '## Problem codes',
    ...areas(told.filter(({ code: name }) => !(name in reasons))),
  );
}

function areas(told) {
  return [...byArea(told)].flatMap(([area, list]) => [
    `### ${area}`,
    `Given by ${list[0].givenBy}.`,
    table(
      ['Code', 'Means', 'What to do'],
      list.map(({ code: name, meaning, todo }) => [code(name), meaning, todo]),
    ),
  ]);
}

function byArea(told) {
  const groups = new Map();
  for (const one of told) {
    const area = one.code.split(/[./]/, 1)[0];
    groups.set(area, [...(groups.get(area) ?? []), one]);
  }
  return groups;
}
