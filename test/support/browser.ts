import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The page's own address; whatever else it asks for is refused and kept. */
const address = 'http://report.test/';

export interface Opened {
  page: Page;
  /** Addresses that were asked for, beside the page itself. */
  asked: string[];
  /** What the browser complained of: scripts, styles or frames that the policy of the page refused. */
  complaints: string[];
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
}

/** Opens a report in a context of its own; no network is there. */
export async function openReport(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext(options);
  const asked: string[] = [];
  const complaints: string[] = [];
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === address) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
    asked.push(url);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address, { waitUntil: 'load' });
  return { page, asked, complaints };
}

/**
 * What axe finds, each with the elements that it means; what it cannot tell counts as well, but for the colours of text in
 * drawings, which it never tells: those are held against each other by arithmetic.
 */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  const results = await builder.options({ resultTypes: ['violations', 'incomplete'] }).analyze();
  const untold = results.incomplete.flatMap((one) => {
    const nodes = one.nodes.filter(({ html }) => one.id !== 'color-contrast' || !html.startsWith('<text'));
    return nodes.length > 0 ? [{ ...one, nodes }] : [];
  });
  const all = [...results.violations, ...untold];
  return all.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
