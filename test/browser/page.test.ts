import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/model/verdict.ts';
import { render } from '../../src/report/index.ts';
import { axeFindings, launchBrowser, openReport } from '../support/browser.ts';
import { allowed } from '../support/htmlReport.ts';
import { verdictOfTexts } from '../support/hostileVerdict.ts';
import { pages } from '../support/pageVerdicts.ts';
import * as inPage from './inPage.mjs';

const demo = (name: string) =>
  JSON.parse(readFileSync(`test/report/demo/${name}.verdict.json`, 'utf8')) as Verdict;

const traps = [
  '<script>document.title = "run"</script>',
  '"><img src=http://evil.test/x onerror=alert(1)>',
  "' onmouseover='alert(1)' style='background:url(http://evil.test/y)",
  '</style><link rel=stylesheet href=http://evil.test/z>',
  '<a href="javascript:alert(1)">x</a>',
  '<iframe src=http://evil.test/frame></iframe>',
  '<svg onload=alert(1)><use href=http://evil.test/u></svg>',
  '&lt;script&gt; &#60;b&#62; `<i>`',
  '</title><base href=http://evil.test/>',
  '\u202egnp.exe\u0000 \u001b[31m',
];

const all: Readonly<Record<string, readonly Verdict[]>> = {
  ...pages,
  'demo go': [demo('go')],
  'demo hold': [demo('hold')],
  'demo no-go': [demo('no-go')],
  'demo hostile': [demo('hostile')],
  hostile: [verdictOfTexts((index) => traps[index % traps.length] ?? '')],
};
const named = Object.entries(all);
const sizes = { narrow: { width: 360, height: 740 }, wide: { width: 1600, height: 1000 } };

/** A4 without the margins of the page, in pixels. */
const paper = { width: 680, height: 1001 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('axe finds nothing', () => {
  const looks = Object.entries(sizes).flatMap(([size, viewport]) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ size, viewport, colorScheme })),
  );
  const seen = ['demo go', 'demo hold', 'no-go', 'hostile', 'several', 'empty'];
  const cases = seen.flatMap((name) => looks.map((look) => ({ name, ...look })));

  it.each(cases)('on $name, $size, $colorScheme', async ({ name, viewport, colorScheme }) => {
    const html = await render('html', all[name] ?? []);
    const { page } = await openReport(browser, html, { viewport, colorScheme });
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
  });

  it('it would find grey on white', async () => {
    const html =
      '<!doctype html><html lang="en"><title>t</title><main><h1>t</h1><p style="color:#aaa">grey</p>';
    const { page } = await openReport(browser, html);
    expect((await axeFindings(page)).map((finding) => finding.split(':')[0])).toEqual(['color-contrast']);
    await page.context().close();
  });
});

describe.each(named)('the page of %s', (name, verdicts) => {
  it('asks for nothing, is made of what is allowed alone, and needs no scrolling to the side', async () => {
    const { page, asked, complaints } = await openReport(browser, await render('html', verdicts));
    expect(await page.evaluate(inPage.wordCase)).toBe('uppercase');
    const foreign = (await page.evaluate(inPage.elementsShown)).filter(({ name: tag, attributes, href }) => {
      const known = allowed[tag];
      return known === undefined || !href.startsWith('#') || attributes.some((one) => !known.includes(one));
    });
    expect(foreign).toEqual([]);
    for (const width of [320, 360, 700, 1024, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      expect({ width, out: await page.evaluate(inPage.stickingOut) }).toEqual({ width, out: [] });
      expect(await page.evaluate(inPage.scrollWidth)).toBe(width);
    }
    expect({ asked, complaints }).toEqual({ asked: [], complaints: [] });
    await page.context().close();
  });

  it('is cut in no row and no block on paper: each is kept whole, and fits', async () => {
    const { page } = await openReport(browser, await render('html', verdicts), { viewport: paper });
    await page.emulateMedia({ media: 'print' });
    const blocks = await page.evaluate(inPage.blocks);
    expect(blocks.filter(({ whole }) => whole !== 'avoid')).toEqual([]);
    // Unbroken words of hundreds of letters are nobody's row.
    if (name !== 'long') expect(blocks.filter(({ height }) => height > paper.height)).toEqual([]);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.context().close();
  });
});

it('hostile text stays text', async () => {
  const { page } = await openReport(browser, await render('html', all['hostile'] ?? []));
  const text = await page.evaluate(inPage.shownText);
  expect(await page.title()).not.toBe('run');
  for (const trap of traps.slice(0, 7)) expect(text).toContain(trap);
  expect(text).toContain('<U+202E>gnp.exe<U+0000> <U+001B>[31m');
  await page.context().close();
});

it('the first stop of the keyboard leads past everything; folds open by key, without scripts', async () => {
  const html = await render('html', pages['no-go'] ?? []);
  const { page } = await openReport(browser, html, { javaScriptEnabled: false });
  const stops: string[] = [];
  for (let count = 0; count < 120 && stops.at(-1) !== 'summary'; count++) {
    await page.keyboard.press('Tab');
    const { name, x, y } = await page.evaluate(inPage.focused);
    stops.push(name);
    if (count === 0) expect({ x, y }).toEqual({ x: 16, y: 16 });
  }
  expect(stops[0]).toBe('skip');
  expect(stops).toContain('a');
  expect(stops.at(-1)).toBe('summary');
  expect((await page.evaluate(inPage.focused)).open).toBe(true);
  await page.keyboard.press('Enter');
  expect((await page.evaluate(inPage.focused)).open).toBe(false);
  await page.context().close();
});

it('on paper dark becomes light, and what was folded is printed', async () => {
  const html = await render('html', pages['no-go'] ?? []);
  const { page } = await openReport(browser, html, { viewport: paper, colorScheme: 'dark' });
  expect(new Set(await page.evaluate(inPage.drawnWhenFolded))).toEqual(new Set(['hidden']));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(new Set(await page.evaluate(inPage.drawnWhenFolded))).toEqual(new Set(['visible']));
  expect(await page.evaluate(inPage.background)).toBe('rgb(255, 255, 255)');
  await page.context().close();
});
