import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileLaws, hostileTexts, textsInTurn } from '../support/hostileLaws.ts';
import { foreignInHtml } from '../support/html.ts';

describe('hostile text in every place of a verdict (R37-R39)', () => {
  it.each(Object.entries(hostileLaws))('%s', async (format, law) => {
    await fc.assert(
      fc.asyncProperty(hostileTexts, async (texts) => {
        expect(await law(textsInTurn(texts))).toBeUndefined();
      }),
      { numRuns: format === 'comment' ? 20 : 80 },
    );
  });
});

it('an HTML parser finds what is not ours', () => {
  const page =
    '# Log\n\n<img src=x onerror=y> <!-- note --> <https://example.org/a> `code` [here](log.md#L3)\n';
  expect(foreignInHtml(page)).toEqual([
    'img',
    'img src=x',
    'img onerror=y',
    '#comment',
    'a href=https://example.org/a',
  ]);
});
