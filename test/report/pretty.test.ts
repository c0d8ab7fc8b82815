import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/outcome.ts';
import type { RuleReport } from '../../src/model/verdict.ts';
import { render } from '../../src/report/index.ts';
import { columns } from '../../src/report/wrap.ts';
import { fullVerdict, gateReport, ruleByOutcome, verdictOf, verdictWith } from '../support/verdicts.ts';

const color = /\u001b\[[0-9;]*m/g;
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const drawRule = (rule: RuleReport): Promise<string> =>
  render('pretty', [
    verdictWith({ decision: 'hold', gates: [gateReport({ decision: 'hold', rules: [rule] })] }),
  ]);

describe('pretty', () => {
  it('draws every part of a verdict', async () => {
    await expect(await render('pretty', [fullVerdict])).toMatchFileSnapshot('full.pretty.txt');
  });

  it('draws the same in ASCII where the terminal has nothing else', async () => {
    const text = await render('pretty', [fullVerdict], { unicode: false });
    expect([...text].every((char) => char <= '~')).toBe(true);
    await expect(text).toMatchFileSnapshot('full.ascii.txt');
  });

  it('says nothing by colour alone: without it the text is the same', async () => {
    const painted = await render('pretty', [fullVerdict], { color: true });
    expect(painted).toMatch(color);
    expect(painted.replace(color, '')).toBe(await render('pretty', [fullVerdict]));
  });

  it.each([40, 60, 80, 100])('fits into %i columns', async (width) => {
    const lines = (await render('pretty', [fullVerdict, verdictWith()], { width })).split('\n');
    expect(lines.filter((line) => columns(line) > width)).toEqual([]);
  });

  it('says the decision first and last, with what decided and the exit code', async () => {
    const lines = (await render('pretty', [fullVerdict])).trimEnd().split('\n');
    expect(lines[0]).toBe('NO-GO (1 waived)  Hardening rollout 1.0.0');
    expect(lines[1]).toContain('`shadow-soak` failed');
    expect(lines.at(-1)).toBe('hardening: NO-GO (1 waived), exit code 1');
  });

  it('says that a go as of another instant opens nothing', async () => {
    const text = await render('pretty', [verdictOf('go', 'as-of')]);
    expect(text).toMatch(/^GO \(as of Tue 2026-02-24 09:00 UTC\)/);
    expect(text).toMatch(/exit code 3\n$/);
  });

  it('sums up several verdicts at the end, with the worst exit code', async () => {
    const text = await render('pretty', [fullVerdict, verdictOf('go', 'live')]);
    expect(text).toMatch(/\n2 policies: hardening no-go, hardening go; exit code 1\n$/);
  });

  it('tells apart what decides and what is outlook', async () => {
    const text = await render('pretty', [fullVerdict]);
    const [before, after] = text.split('Outlook: does not change the decision');
    expect(before).toContain('What decides');
    expect(before).toContain('preflight: no-go');
    expect(after).toContain('exit: hold');
    expect(after).toContain('its turn comes after auth-enforced, ws-enforced');
  });

  it.each<[Outcome, readonly string[]]>([
    ['fail', ['why', 'observed', 'required', 'where', 'to do', 'can pass']],
    ['pending', ['why', 'observed', 'required', 'where', 'to do', 'can pass', 'days']],
    ['unknown', ['why', 'required', 'where', 'to do', 'can pass']],
    ['waived', ['was', 'waiver', 'where']],
  ])('gives %s every line that helps', async (outcome, labels) => {
    const text = await drawRule(ruleByOutcome[outcome]);
    for (const label of labels) expect(text).toMatch(new RegExp(`^ {6}${label} `, 'm'));
    for (const cite of ruleByOutcome[outcome].cites)
      if (cite.path) expect(text).toContain(`${cite.path}:${cite.line}`);
    expect(text).toContain('policies/hardening.yaml:40 (the rule)');
  });

  it.each<Outcome>(['pass', 'not-applicable'])('condenses %s to one line', async (outcome) => {
    const { id } = ruleByOutcome[outcome];
    const lines = (await drawRule(ruleByOutcome[outcome])).split('\n');
    const at = lines.findIndex((line) => line.includes(id));
    expect(lines[at + 1]).toBe('');
    expect(lines.filter((line) => line.includes(id))).toHaveLength(1);
  });

  it('says when a rule can pass, in the zone of the policy and from now', async () => {
    const policy = { ...fullVerdict.policy, timezone: 'Asia/Kolkata' };
    const verdict = verdictWith({ policy, gates: [gateReport({ rules: [ruleByOutcome.pending] })] });
    expect(flat(await render('pretty', [verdict]))).toContain(
      'can pass Thu 2026-02-26 05:30 +05:30 Asia/Kolkata, in 1 d 15 h, at the earliest',
    );
    expect(await drawRule({ ...ruleByOutcome.pending, earliest: '2026-02-24T09:00:00Z' })).toContain(
      'now, once',
    );
    expect(await drawRule(ruleByOutcome.unknown)).toContain('as soon as that is done');
  });

  it('says once how commands are run, and names each rule that waits', async () => {
    const text = await render('pretty', [fullVerdict]);
    expect(text.match(/Commands run only when asked/g)).toHaveLength(1);
    expect(text).toContain('--run: `npm run check:all:mono` was not run');
  });

  it('is loud about waivers that ended, and says what is waived', async () => {
    const text = flat(await render('pretty', [fullVerdict]));
    expect(text).toContain('W-3 for vault-env, EXPIRED');
    expect(text).toContain('was fail (command.failed): `npm run agent:test` ended with exit code 1');
  });

  it('lists open rules before settled ones, errors first', async () => {
    const text = await render('pretty', [fullVerdict]);
    const order = [
      'shadow-soak',
      'smoke-fail-investigated',
      'backend-tests-green',
      'flags-explicit',
      'vault-env',
    ];
    const lines = text.split('\n');
    const places = order.map((id) =>
      lines.findIndex((line) => new RegExp(`^  \\S [a-z/]+ +${id}\\b`).test(line)),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});
