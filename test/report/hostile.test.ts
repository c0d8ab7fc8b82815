import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileLaws, hostileTexts, textsInTurn } from '../support/hostileLaws.ts';

describe('hostile text in every place of a verdict (R37-R39)', () => {
  it.each(Object.entries(hostileLaws))('%s', async (_, law) => {
    await fc.assert(
      fc.asyncProperty(hostileTexts, async (texts) => {
        expect(await law(textsInTurn(texts))).toBeUndefined();
      }),
      { numRuns: 80 },
    );
  });
});
