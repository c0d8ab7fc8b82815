import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../src/report/escape.ts';
import { clip, columns, pad, wrap } from '../../src/report/wrap.ts';
import { hostileText } from '../support/hostile.ts';

describe('columns', () => {
  it.each([
    ['abc', 3],
    ['日本語', 6],
    ['é', 1],
    ['e\u0301', 1],
    ['ｆｕｌｌ', 8],
    ['🚀', 2],
    ['Привет', 6],
    ['', 0],
  ])('counts %j as %i', (text, expected) => expect(columns(text)).toBe(expected));
});

describe('wrap', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['日本語 日本語', 8, ['日本語', '日本語']],
    ['in 2\u00a0d 4\u00a0h', 6, ['in 2\u00a0d', '4\u00a0h']],
    ['docs/audits/smoke-window.md', 14, ['docs/audits/', 'smoke-window.m', 'd']],
    ['', 5, ['']],
  ])('%j in %i columns', (text, width, lines) => expect(wrap(text, width)).toEqual(lines));

  it('never exceeds the width and loses nothing but spaces', () => {
    fc.assert(
      fc.property(hostileText.map(plain), fc.integer({ min: 4, max: 60 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        return lines.every((line) => columns(line) <= width);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('clip and pad', () => {
  it('cut and fill to columns, not characters', () => {
    expect(clip('日本語です', 7, '…')).toBe('日本語…');
    expect(clip('short', 7, '…')).toBe('short');
    expect(clip('too long for it', 8, '...')).toBe('too l...');
    expect(pad('日本', 6)).toBe('日本  ');
  });
});
