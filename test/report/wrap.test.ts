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

it('every character takes the columns that its properties say, also those told at once', () => {
  const wide =
    /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
  const wrong: number[] = [];
  for (let code = 0x20; code < 0x40000; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const char = String.fromCodePoint(code);
    const expected = /[\p{Mn}\p{Me}]/u.test(char) ? 0 : wide.test(char) ? 2 : 1;
    if (columns(char) !== expected) wrong.push(code);
  }
  expect(wrong).toEqual([]);
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
