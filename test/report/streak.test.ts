import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { GatherRequest } from '../../src/gate/gather.ts';
import { streak } from '../../src/gate/streak.ts';
import { formatDay } from '../../src/model/calendar.ts';
import { parseDate } from '../../src/model/instant.ts';
import type { CalendarDay, StreakView } from '../../src/model/streakView.ts';
import { streakText } from '../../src/report/streak.ts';
import { columns } from '../../src/report/wrap.ts';
import { caseRequest } from '../support/caseTree.ts';
import { hostileText } from '../support/hostile.ts';
import { earlyRollout, lateRollout, type Rollout, smokeRow } from '../support/rollout.ts';
import { rolloutRequest } from '../support/rolloutRequest.ts';

const style = { color: false, width: 80, unicode: true };
const color = /\u001b\[[0-9;]*m/g;
const audits = 'docs/audits/production-hardening';

async function told(asked: string, request: GatherRequest): Promise<StreakView> {
  const answered = await streak({ ...request, asked });
  if (!answered.ok) throw new Error(JSON.stringify(answered.problems));
  return answered.value;
}

const march = `${audits}-smoke-window-2026-03.md`;
const append =
  (...rows: readonly string[]) =>
  ({ edit }: Rollout) =>
    edit(march, (text) => `${text}${rows.join('\n')}\n`);

const states: readonly (readonly [name: string, asked: string, request: () => GatherRequest])[] = [
  ['begun', 'smoke', () => rolloutRequest(earlyRollout)],
  ['complete', 'smoke.strict', () => rolloutRequest(lateRollout)],
  [
    'broken-today',
    'smoke-seven-days',
    () =>
      rolloutRequest(
        lateRollout,
        append(smokeRow(Date.parse('2026-03-06T08:40:00Z'), 'vault-enforced', 'fail')),
      ),
  ],
  [
    'untrusted',
    'smoke-seven-days',
    () => rolloutRequest(lateRollout, append('| soon | enforced | ws | enforced | fail | x |')),
  ],
  [
    'stale',
    'smoke-seven-days',
    () =>
      rolloutRequest(lateRollout, ({ edit }) =>
        edit(march, (text) => text.replace(/\| 2026-03-0[56].*\n/g, '')),
      ),
  ],
  [
    'light-days',
    'smoke',
    () =>
      rolloutRequest(lateRollout, ({ edit }) =>
        edit(march, (text) => text.replace(/(2026-03-0[34].*?)\| pass \|/g, '$1| not-run |')),
      ),
  ],
  [
    'no-rule',
    'investigations',
    () =>
      rolloutRequest(lateRollout, ({ write }) =>
        write(
          `${audits}-investigations-2026.md`,
          '# I\n\n## Investigations\n\n| Timestamp (UTC) | Cause | By |\n| --- | --- | --- |\n| 2026-03-04T08:00:00Z | disk | kim |\n',
        ),
      ),
  ],
  ['no-log', 'investigations', () => rolloutRequest(lateRollout)],
  ['empty-log', 'incidents', () => rolloutRequest(lateRollout)],
  [
    'no-transitions',
    'smoke.strict',
    () =>
      rolloutRequest(lateRollout, ({ write }) => write(`${audits}-transitions-2026.md`, '# Transitions\n')),
  ],
  ['zone', 'smoke', () => caseRequest('rollout-shadow')],
  ['hostile-log', 'smoke', () => caseRequest('hostile-log')],
  [
    'looking-back',
    'smoke',
    () => ({ ...caseRequest('looking-back'), at: Date.parse('2026-02-23T12:00:00Z') }),
  ],
];

describe('streaks for people', () => {
  test.each(states)('%s', async (name, asked, request) => {
    await expect(streakText(await told(asked, request()), style)).toMatchFileSnapshot(`streak/${name}.txt`);
  });

  it('draws the same in ASCII, and says nothing by colour alone', async () => {
    const view = await told('smoke', rolloutRequest(lateRollout));
    const ascii = streakText(view, { ...style, unicode: false });
    expect([...ascii].every((char) => char <= '~')).toBe(true);
    const painted = streakText(view, { ...style, color: true });
    expect(painted).toMatch(color);
    expect(painted.replace(color, '')).toBe(streakText(view, style));
  });

  it.each([
    [40, 6],
    [80, 12],
    [100, 12],
  ])('%i columns hold %i weeks of many, the newest last', async (width, weeks) => {
    const view = await told('smoke-seven-days', rolloutRequest(earlyRollout));
    const lines = streakText({ ...view, calendars: [longCalendar(20 * 7 - 5)] }, { ...style, width }).split(
      '\n',
    );
    const shown = lines.flatMap((line) => line.match(/\d{4}-\d\d-\d\d(?= {2})/g) ?? []);
    expect(shown).toHaveLength(weeks);
    expect(lines.filter((line) => columns(line) > width)).toEqual([]);
    expect([...shown].sort().at(-1)).toBe('2026-02-16');
    expect(lines.findLast((line) => /\d{4}-\d\d-\d\d {2}/.test(line))).toContain('2026-02-16');
  });

  it('fits, whatever stands in the evidence, and shows no control character', async () => {
    const view = await told('smoke', rolloutRequest(earlyRollout));
    const texts = fc.array(hostileText, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 40, max: 100 }), fc.boolean(), (words, width, unicode) => {
        const lines = streakText(hostile(view, words), { ...style, width, unicode }).split('\n');
        expect(lines.filter((line) => columns(line) > width)).toEqual([]);
        const bad = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|^\s*::|##[a-z]*\[/iu;
        expect(lines.filter((line) => bad.test(line))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});

/** Days from Monday 6 October 2025 on. */
function longCalendar(count: number): StreakView['calendars'][number] {
  const first = parseDate('2025-10-06') as number;
  const days = Array.from(
    { length: count },
    (_, index): CalendarDay => ({ day: formatDay(first + index), state: 'pass' }),
  );
  return { good: 'pass', days };
}

function hostile(
  view: StreakView,
  [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '']: readonly string[],
): StreakView {
  return {
    ...view,
    asked: a,
    policy: { ...view.policy, title: b, path: c },
    newest: { at: '2026-02-20T08:00:00Z', path: d, line: 3 },
    streaks: view.streaks.map((one) => ({
      ...one,
      rule: e,
      title: f,
      message: g,
      resets: [h],
      unit: a,
      todo: b,
      of: c,
    })),
    findings: [{ code: 'log.torn-row', message: d, evidence: e, path: f, line: 4 }],
  };
}

describe('the numbers of a streak', () => {
  it('are those of the verdict, rule by rule', async () => {
    const rollout = lateRollout();
    const request = rolloutRequest(() => rollout);
    const verdict = await rollout.check(['all']);
    const rules = new Map(verdict.gates.flatMap((gate) => gate.rules.map((rule) => [rule.id, rule])));
    const view = await told('smoke', request);
    const own = view.streaks.filter(({ part }) => !part);
    expect(own.map(({ rule }) => rule)).toEqual(['smoke-daily', 'smoke-seven-days', 'smoke-seven-passes']);
    for (const { rule, outcome, code, observed, required, earliest } of own)
      expect({ outcome, code, observed, required, earliest }, rule).toEqual({
        ...{
          outcome: rules.get(rule)?.outcome,
          code: rules.get(rule)?.code,
          earliest: rules.get(rule)?.earliest,
        },
        ...{ observed: rules.get(rule)?.observed, required: rules.get(rule)?.required },
      });
    expect(view.streaks.filter(({ part }) => part).map(({ rule }) => rule)).toEqual([
      'smoke-fail-investigated',
    ]);
  });

  it('are of what was asked: a view, or one rule', async () => {
    const request = rolloutRequest(lateRollout);
    const names = async (asked: string) => (await told(asked, request)).streaks.map(({ rule }) => rule);
    expect(await names('smoke.strict')).toEqual([
      'smoke-fail-investigated',
      'smoke-seven-days',
      'smoke-seven-passes',
    ]);
    expect(await names('smoke-seven-days')).toEqual(['smoke-seven-days']);
    expect(await names('smoke-fail-investigated')).toEqual([
      'smoke-fail-investigated',
      'smoke-fail-investigated',
    ]);
    expect(await names('incidents')).toEqual([]);
  });
});
