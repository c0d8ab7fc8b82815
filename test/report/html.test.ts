import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/model/exit.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { style, styleHash } from '../../src/report/html/style.ts';
import { render } from '../../src/report/index.ts';
import { factsOf } from '../../src/report/status-facts.ts';
import {
  attributeOf,
  elementsIn,
  elementsWithin,
  foreignInReport,
  linesIn,
  textIn,
} from '../support/htmlReport.ts';
import { emptyVerdict, pages, richVerdict } from '../support/pageVerdicts.ts';
import { fullVerdict, gateReport, ruleReport, verdictOf, verdictWith } from '../support/verdicts.ts';

const page = await render('html', [richVerdict]);

function withClass(html: string, name: string) {
  return elementsIn(html).filter((one) => (attributeOf(one, 'class') ?? '').split(' ').includes(name));
}

describe('the page stands alone', () => {
  const policy = elementsIn(page)
    .filter((one) => attributeOf(one, 'http-equiv') === 'Content-Security-Policy')
    .map((one) => attributeOf(one, 'content'));

  it('lets in nothing but its own style, by the hash of it', () => {
    const hash = createHash('sha256').update(style).digest('base64');
    expect(styleHash).toBe(`sha256-${hash}`);
    expect(policy).toEqual([
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    ]);
    expect(
      elementsIn(page)
        .filter(({ tagName }) => tagName === 'style')
        .map(textIn),
    ).toEqual([style]);
  });

  it('the style asks for nothing from elsewhere', () =>
    expect(style).not.toMatch(/url\(|@import|@font-face|image-set/));

  it.each(Object.entries(pages))(
    '%s consists of what is allowed, its links stay on it',
    async (_, verdicts) => expect(foreignInReport(await render('html', verdicts))).toEqual([]),
  );

  it('a parser sees what is not allowed', () =>
    expect(foreignInReport('<p onclick="x"><a href="#no">a</a><img src="x"><!-- c --></p>')).toEqual([
      'p onclick',
      'img',
      'comment',
      'href #no',
    ]));

  it('the same verdict gives the same bytes', async () =>
    expect(await render('html', [richVerdict])).toBe(page));
});

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(a: string, b: string): number {
  const light = (hex: string) => {
    const parts =
      hex.length === 4 ? [...hex.slice(1)].map((one) => one + one) : (hex.slice(1).match(/../g) ?? []);
    const [r = 0, g = 0, blue = 0] = parts.map((part) => {
      const share = Number.parseInt(part, 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [dark = 0, bright = 0] = [light(a), light(b)].sort((one, two) => one - two);
  return (bright + 0.05) / (dark + 0.05);
}

describe('colours', () => {
  const schemes = [...style.matchAll(/:root\{color-scheme[^}]*|:root\{--paper[^}]*/g)].map(([block]) =>
    Object.fromEntries(
      [...block.matchAll(/--([a-z-]+):(#[0-9a-f]{3,6})/g)].map(([, name, hex]) => [name, hex]),
    ),
  );
  const pairs = [
    ...['ink', 'soft', 'go', 'hold', 'no'].map((text) => [text, 'paper']),
    ...['ink', 'go'].map((text) => [text, 'go-wash']),
    ...['ink', 'hold'].map((text) => [text, 'hold-wash']),
    ...['ink', 'no', 'soft'].map((text) => [text, 'no-wash']),
    ...['ink', 'soft'].map((text) => [text, 'wash']),
  ];

  it('there are those of light, of dark and of paper', () => expect(schemes).toHaveLength(3));

  it.each(schemes)('can be told apart in scheme %#', (scheme) => {
    for (const [text = '', ground = ''] of pairs) {
      const ratio = contrast(scheme[text] ?? '', scheme[ground] ?? '');
      expect(ratio, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('the arithmetic is that of WCAG', () => expect(contrast('#fff', '#767676').toFixed(2)).toBe('4.54'));
});

describe('headings', () => {
  it.each(Object.entries(pages))('of %s leave no level out', async (_, verdicts) => {
    const levels = elementsIn(await render('html', verdicts))
      .map(({ tagName }) => /^h([1-6])$/.exec(tagName)?.[1])
      .filter((level) => level !== undefined)
      .map(Number);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1));
  });
});

describe('the first screen', () => {
  it.each<[Verdict, string, string]>([
    [verdictOf('go', 'live'), 'go', 'You may go: everything that decides holds.'],
    [
      verdictOf('go', 'as-of'),
      'hold',
      'It was go at that instant. A look back opens nothing: judge again before you go.',
    ],
    [verdictOf('no-go', 'live'), 'no-go', 'Stop: 1 rule fails. Mend what fails first.'],
    [
      { ...verdictOf('hold', 'live'), earliest: '2026-02-26T00:00:00Z' },
      'hold',
      'Wait: 1 rule is open. If all stays well, time does the rest.',
    ],
    [
      { ...verdictOf('hold', 'live'), earliest: '2026-02-24T09:00:00Z' },
      'hold',
      'Not yet: 1 rule is open. Do what is missing and it can go now.',
    ],
    [verdictOf('hold', 'live'), 'hold', 'Wait: 1 rule is open, and waiting alone does not help.'],
    [emptyVerdict, 'hold', 'Wait: nothing proves that you may go.'],
  ])('says what to do (%#)', async (verdict, accent, lead) => {
    const html = await render('html', [verdict]);
    expect(withClass(html, 'lead').map(textIn)).toEqual([lead]);
    expect(withClass(html, 'summary').map((one) => attributeOf(one, 'class'))).toEqual([`summary ${accent}`]);
    expect(accent === 'go').toBe(exitCodeOf(verdict) === 0);
  });

  it('lists what is missing in the order of status', () => {
    const ids = withClass(page, 'missing')
      .flatMap(elementsWithin)
      .filter(({ tagName }) => tagName === 'a')
      .map(textIn);
    expect(ids).toEqual(factsOf(richVerdict).todo);
  });

  it('tells until when, seen from when it was judged', () =>
    expect(linesIn(page)).toEqual(
      expect.arrayContaining(['Valid until', 'Wed 2026-02-25 09:00 UTC, in 1 d', 'Tue 2026-02-24 09:00 UTC']),
    ));

  it('rounds down what is left', async () => {
    const verdict = verdictWith({ validUntil: '2026-02-24T09:01:30Z' });
    expect(linesIn(await render('html', [verdict]))).toContain('Tue 2026-02-24 09:01:30 UTC, in 1 min 30 s');
  });

  it('tells times in the zone of the policy, in messages as well', async () => {
    const { gates } = verdictOf('no-go', 'live');
    const verdict = verdictWith({ gates, policy: { ...fullVerdict.policy, timezone: 'Asia/Kolkata' } });
    expect(linesIn(await render('html', [verdict]))).toEqual(
      expect.arrayContaining([
        'Tue 2026-02-24 14:30 +05:30 Asia/Kolkata',
        'the record of Tue 2026-02-24 13:30 +05:30 Asia/Kolkata has Checks = fail',
      ]),
    );
  });
});

describe('several verdicts', () => {
  it('say the worst first and each in a row; a look back is no go', async () => {
    const html = await render('html', pages['several'] ?? []);
    expect(withClass(html, 'word').map(textIn)[0]).toBe('no-go');
    const both = await render('html', [verdictOf('go', 'live'), verdictOf('go', 'as-of')]);
    expect(withClass(both, 'word').map(textIn)[0]).toBe('hold');
    expect(both).toContain('Exit code 3.');
  });
});

describe('parts', () => {
  const parts = (html: string) => withClass(html, 'part').map((one) => attributeOf(one, 'class'));

  it('stand in the order in which people ask', () =>
    expect(parts(page)).toEqual(
      ['road', 'progress', 'days', 'metrics', 'rules', 'outlook', 'waivers', 'findings', 'judged'].map(
        (name) => `part ${name}`,
      ),
    ));

  it('are left out where there is nothing to tell', async () =>
    expect(parts(await render('html', [emptyVerdict]))).toEqual(['part rules', 'part judged']));

  it('the road tells where we are, when each step was taken and by which row', () => {
    const here = elementsIn(page).filter((one) => attributeOf(one, 'aria-current') === 'step');
    expect(here.map((one) => textIn(one).replace(/\s+/g, ' ').trim())).toEqual([
      '2. Authentication enforced auth-enforced, here now entered Wed 2026-02-18 12:00 UTCdocs/audits/transitions-2026.md:10',
    ]);
  });

  it('a calendar says each day in words, and what broke the streak', () => {
    const lines = linesIn(page);
    expect(lines).toContain('2026-02-20 good, line 27');
    expect(lines).toContain('2026-02-22 bad');
    expect(lines).toContain('2026-02-22: bad');
  });

  it('a soak tells its spans and what ended them', () =>
    expect(linesIn(page)).toContain(
      'observed Sun 2026-02-22 02:00 UTC to Sun 2026-02-22 09:00 UTC (7 h); ended by soak.breach',
    ));

  it.each([
    ['pass', 90_000, '100'],
    ['pending', 86_399, '97'],
    ['pending', 43_200, '50'],
    ['pending', 1, '2'],
    ['fail', 0, '0'],
  ] as const)(
    'the bar of a soak that is %s at %i seconds is drawn to %s',
    async (outcome, observed, width) => {
      const rule = ruleReport({ outcome, observed, required: 86_400, unit: 'seconds' });
      const html = await render('html', [verdictWith({ gates: [gateReport({ rules: [rule] })] })]);
      expect(withClass(html, 'done').map((one) => attributeOf(one, 'width'))).toEqual([width]);
    },
  );

  it('a rule tells observed, required, evidence and controls', () =>
    expect(linesIn(page)).toEqual(
      expect.arrayContaining([
        '20 h of 24 h',
        'docs/audits/smoke-window-2026-02.md:31 (smoke)',
        'flags.MODE = on',
      ]),
    ));

  it('digests are told in full', () => expect(linesIn(page)).toContain(fullVerdict.policy.digest));
});

it('the drawing of go on the demo is a page of less than 40 kB', async () => {
  const go = JSON.parse(readFileSync('test/report/demo/go.verdict.json', 'utf8')) as Verdict;
  expect((await render('html', [go])).length).toBeLessThan(40_000);
});
