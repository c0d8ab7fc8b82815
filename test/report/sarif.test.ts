import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/model/verdict.ts';
import { render } from '../../src/report/index.ts';
import { sha1 } from '../../src/report/sha1.ts';
import { artifactUri } from '../../src/report/sarifLog.ts';
import { pathOf } from '../support/hostileReports.ts';
import { hostileMarkup, hostileText } from '../support/hostile.ts';
import { fullVerdict, gateReport, ruleReport, verdictOf, verdictWith } from '../support/verdicts.ts';

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  locations: readonly { physicalLocation: object }[];
  relatedLocations?: readonly { physicalLocation: object }[];
  partialFingerprints: Readonly<Record<string, string>>;
  suppressions?: readonly { justification: string }[];
}

async function runOf(verdict: Verdict) {
  const log = JSON.parse(await render('sarif', [verdict])) as {
    runs: readonly [{ tool: { driver: { rules: readonly { id: string }[] } }; results: readonly Result[] }];
  };
  return log.runs[0];
}

describe('sarif', () => {
  it('has what keeps the gate shut, what would if it were an error, and what is waived', async () => {
    const { results, tool } = await runOf(fullVerdict);
    expect(results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
      'shadow-soak error',
      'smoke-seven-days warning',
      'backend-tests-green error',
      'agent-tests-green error',
      'mono-check-green warning',
      'smoke-fail-investigated note',
    ]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('points at the rule in the policy, and at the lines of the evidence', async () => {
    const [soak] = (await runOf(fullVerdict)).results;
    expect(soak?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'policies/hardening.yaml', uriBaseId: 'SRCROOT' },
      region: { startLine: 40, startColumn: 5 },
    });
    expect(soak?.relatedLocations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'docs/audits/smoke-window-2026-02.md', uriBaseId: 'SRCROOT' },
      region: { startLine: 31 },
    });
  });

  it('suppresses what is waived, with the reason and who approved it', async () => {
    const suppressed = (await runOf(fullVerdict)).results.filter(({ suppressions }) => suppressions);
    expect(suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions?.[0]?.justification])).toEqual([
      [
        'agent-tests-green',
        'waiver W-7 until 2026-03-01T00:00:00Z: the agent pool is being rebuilt (approved by grace)',
      ],
    ]);
  });

  it('knows a rule again that moved or says something else, and no other', async () => {
    const print = async (...change: Parameters<typeof ruleReport>) => {
      const rule = ruleReport({ outcome: 'fail', ...change[0] });
      const { results } = await runOf(
        verdictWith({ decision: 'no-go', gates: [gateReport({ rules: [rule] })] }),
      );
      return results[0]?.partialFingerprints['primaryLocationLineHash'];
    };
    const one = await print();
    expect(one).toMatch(/^[0-9a-f]{40}:1$/);
    expect(await print({ at: { path: 'policies/moved.yaml', line: 7, column: 1 }, message: 'else' })).toBe(
      one,
    );
    expect(await print({ id: 'another' })).not.toBe(one);
  });

  it('says that a gate is shut where no rule does', async () => {
    for (const verdict of [verdictOf('go', 'as-of'), verdictWith({ decision: 'hold', gates: [] })])
      expect((await runOf(verdict)).results).toMatchObject([{ ruleId: 'soakgate/decision', level: 'error' }]);
    expect((await runOf(verdictOf('go', 'live'))).results).toEqual([]);
  });
});

it('an address leads to its path, below the root and nowhere else', () => {
  fc.assert(
    fc.property(hostileMarkup, (path) => {
      const uri = artifactUri(path);
      expect(pathOf(uri)).toBe(path.toWellFormed());
      const { href, pathname } = new URL(uri, 'https://forge.example/root/');
      expect(href.startsWith('https://forge.example/root')).toBe(true);
      expect(pathname.startsWith('/root')).toBe(true);
    }),
  );
});

it('SHA-1 is that of other programs', () => {
  const theirs = (text: string) => createHash('sha1').update(text).digest('hex');
  for (let length = 0; length < 130; length++)
    expect(sha1('a'.repeat(length))).toBe(theirs('a'.repeat(length)));
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(sha1(text)).toBe(theirs(text));
    }),
  );
});
