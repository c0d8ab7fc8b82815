import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/model/verdict.ts';
import { type Format, formats, render } from '../../src/report/index.ts';

/**
 * Verdicts of the demo as `soakgate check --format json` kept them on one day, and one in which every text from outside is
 * hostile. They are not made again when the shipped policy changes: stored verdicts stay readable.
 */
const names = ['go', 'hold', 'no-go', 'hostile'] as const;

/** Drawn from these in goldens of their own elsewhere. */
const elsewhere: readonly Format[] = ['pretty', 'json', 'markdown'];

/** The style of HTML reports and the hash of it, which are the same for each. */
const constantStyle = /(?<=<style>).*(?=<\/style>)|(?<=sha256-)[^&]*/gs;

describe.each(names)('the verdict %s', (name) => {
  const verdict = JSON.parse(readFileSync(`test/report/demo/${name}.verdict.json`, 'utf8')) as Verdict;

  it.each(formats.filter((format) => !elsewhere.includes(format)))('as %s', async (format) => {
    // Git keeps goldens with the line breaks of texts.
    const text = (await render(format, [verdict])).replaceAll('\r\n', '\n').replace(constantStyle, '');
    await expect(text).toMatchFileSnapshot(`demo/${name}.${format}.txt`);
  });
});
