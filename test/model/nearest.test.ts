import { expect, test } from 'vitest';
import { nearest } from '../../src/model/nearest.ts';

test.each<[string, readonly string[], string | undefined]>([
  ['timezne', ['title', 'timezone'], 'timezone'],
  ['gti', ['file', 'git'], 'git'],
  ['nwe', ['old', 'new'], 'new'],
  ['flags.engine', ['flags.ENGINE'], 'flags.ENGINE'],
  ['mm', ['MM', 'dd'], 'MM'],
  ['abc', ['xyz'], undefined],
  ['x', ['y'], undefined],
  ['rollback', ['advance', 'collect'], undefined],
  ['pas', ['pass', 'fail', 'not-run'], 'pass'],
  ['aa', ['ab', 'ac'], 'ab'],
  ['', ['a'], undefined],
  ['x'.repeat(1000), ['x'], undefined],
])('%s among %j is %s', (word, candidates, near) => {
  expect(nearest(word, candidates)).toBe(near);
});
