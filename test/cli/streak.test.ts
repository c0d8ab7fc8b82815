import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modePolicy, policyText } from '../support/policies.ts';
import { makeFolder, soakgate } from '../support/program.ts';

const daily = (name: string) =>
  policyText(
    name,
    `evidence:
  smoke:
    log:
      path: docs/smoke.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { Checks: { enum: [pass, fail] } }
      views: { strict: { in: [{ var: Checks }, [pass, fail]] } }
preflight:
  - { id: three-days, title: Three days, streak: { of: smoke.strict, per: day, atLeast: 3 } }
`,
  );
const today = new Date().toISOString().slice(0, 10);
const log = `# Smoke\n\n## Entries\n\n| Time | Checks |\n| --- | --- |\n| ${today}T00:00:00Z | pass |\n`;

describe('soakgate streak', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(() => {
    folder = makeFolder({
      'policies/daily.yaml': daily('daily'),
      'policies/mode.yaml': modePolicy,
      'twin.yaml': daily('twin'),
      'docs/smoke.md': log,
    });
  });
  afterAll(() => folder.remove());

  const here = (...words: string[]) => soakgate(['streak', ...words], { cwd: folder.path });

  it.each([['smoke'], ['smoke.strict'], ['three-days']])('tells of `%s` and ends with 0', async (asked) => {
    const ended = await here(asked, '--root', '.');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('1 of 3 days');
    expect(ended.stdout).toMatch(/Mo Tu We Th Fr Sa Su/);
  });

  it('tells why nothing is known of a log, and still ends with 0', async () => {
    const ended = await here('smoke', '--root', 'docs', 'twin.yaml');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout.replace(/\s+/g, ' ')).toContain(
      'cannot be read: `docs/smoke.md` does not exist (file.missing)',
    );
  });

  it('gives JSON that is no verdict', async () => {
    const ended = await here('smoke', '--root', '.', '--format', 'json');
    const view = JSON.parse(ended.stdout) as Record<string, unknown>;
    expect(view).toMatchObject({
      kind: 'Streak',
      log: 'smoke',
      streaks: [{ rule: 'three-days', observed: 1, required: 3 }],
    });
    expect(view).not.toHaveProperty('decision');
  });

  it.each([
    ['an unknown log, with the nearest name', ['smoek'], 'usage/unknown-log', '`smoke`'],
    ['an unknown view', ['smoke.strcit'], 'usage/unknown-log', '`smoke.strict`'],
    [
      'nothing like it: the names there are',
      ['other'],
      'usage/unknown-log',
      'there are smoke, smoke.strict, three-days',
    ],
    ['an own word of objects', ['constructor'], 'usage/unknown-log', 'there are'],
    ['no log', [], 'usage/unknown-log', 'soakgate streak LOG'],
    [
      'two policies with that log',
      ['smoke', 'policies/daily.yaml', 'twin.yaml'],
      'usage/unexpected-argument',
      undefined,
    ],
    ['commands, which it does not run', ['smoke', '--run'], 'usage/unknown-option', undefined],
  ])('refuses %s', async (_what, words, code, hint) => {
    const ended = await here(...words);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(code);
    if (hint !== undefined) expect(ended.stderr).toContain(hint);
  });
});
