import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../src/report/escape.ts';
import { render } from '../../src/report/index.ts';
import { inline, linked, tableCell } from '../../src/report/markdownText.ts';
import { hostileMarkup } from '../support/hostile.ts';
import { bare, blocksOf, foreignIn, linksOf, parsePage } from '../support/page.ts';
import { fullVerdict, verdictWith } from '../support/verdicts.ts';

describe('inline', () => {
  it('renders as the text itself, in a paragraph and in a table (R37, R39)', () => {
    fc.assert(
      fc.property(hostileMarkup.map(plain), (text) => {
        const cells = `| a | b |\n| --- | --- |\n| ${tableCell(inline(text))} | z |`;
        const tree = parsePage(`x ${inline(text)} y\n\n${cells}`);
        expect(foreignIn(tree)).toEqual([]);
        expect(blocksOf(tree)).toEqual([
          ['line', bare(`x ${text} y`)],
          ['table', ['a', 'b'], [bare(text), 'z']],
        ]);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['`a` is 3', '`a` is 3'],
    ['see #12 and @team', 'see `#12` and `@team`'],
    ['#`12', '`#12`'],
    ['@`x`', '`@x`'],
    ['a ` b', 'a  b'],
    ['fixed :tada: at 09:00:00Z', 'fixed `:tada:` at 09:00:00Z'],
    ['1. not a list', '1\\. not a list'],
    ['<b>', '\\<b\\>'],
  ])('writes %j as %j', (text, markdown) => expect(inline(text)).toBe(markdown));

  it('takes time in proportion to the text, also for a single long word', () => {
    const started = performance.now();
    for (const char of ['x', 'a', ':', ':a', '#', '`', '\\|']) inline(char.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('linked', () => {
  const page = 'docs/audits/ready.md';

  it.each([
    [{ path: 'docs/audits/log 1.md', line: 7 }, '[x](log%201.md?plain=1#L7)'],
    [{ path: 'docs/run.md' }, '[x](../run.md)'],
    [{ path: 'policies/p.yaml', line: 3 }, '[x](../../policies/p.yaml#L3)'],
    [{ path: 'docs/audits' }, '[x](../audits)'],
    [{ path: 'docs' }, '[x](../../docs)'],
    [{ path: 'javascript:x(1)' }, '[x](../../javascript%3Ax%281%29)'],
    [{ path: 'docs/audits/https:/x' }, '[x](https%3A/x)'],
    [{ path: '../secret' }, 'x'],
    [{ path: 'a/../../b' }, 'x'],
    [{ path: '/etc/passwd' }, 'x'],
    [{ path: '//host/x' }, 'x'],
    [{ path: '' }, 'x'],
  ])('%j', (to, markdown) => expect(linked('x', to, page)).toBe(markdown));

  it('leads nowhere from a page that lies outside of the root', () => {
    expect(linked('x', { path: 'a' }, '../page.md')).toBe('x');
    expect(linked('x', { path: 'a' }, '/tmp/page.md')).toBe('x');
  });
});

describe('markdown', () => {
  it('draws every part of a verdict', async () => {
    await expect(await render('markdown', [fullVerdict])).toMatchFileSnapshot('full.md.txt');
  });

  it('takes a message that begins with white space for text, not for a block of code', async () => {
    for (const message of ['\n\t\t  # x', '``    # x']) {
      const page = await render('markdown', [verdictWith({ message })]);
      expect(blocksOf(parsePage(page))).toContainEqual(['line', '# x']);
    }
  });

  it('links each place to its file and line where the page is kept in the repository', async () => {
    const page = await render('markdown', [fullVerdict], { keptAt: 'docs/audits/ready.md' });
    expect([...new Set(linksOf(parsePage(page)))]).toEqual([
      '../../policies/hardening.yaml#L40',
      'smoke-window-2026-02.md?plain=1#L31',
      'smoke-window-2026-02.md?plain=1#L16',
    ]);
    expect(linksOf(parsePage(await render('markdown', [fullVerdict])))).toEqual([]);
  });
});
