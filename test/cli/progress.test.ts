import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createProgress, type ProgressOptions } from '../../src/cli/progress.ts';
import type { CommandEnd } from '../../src/model/progress.ts';
import { columns } from '../../src/report/wrap.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function view(more: Partial<ProgressOptions> = {}) {
  const written: string[] = [];
  const progress = createProgress({
    write: (text) => written.push(text),
    live: true,
    size: () => ({ columns: 40, rows: 6 }),
    color: false,
    unicode: true,
    now: () => performance.now(),
    ...more,
  });
  return { ...progress, written, screen: () => screenOf(written.join('')) };
}

/** What a terminal shows after these writes: a very small terminal of our own. */
function screenOf(text: string): string[] {
  const rows: string[] = [''];
  let row = 0;
  for (const [part] of text.matchAll(/\u001b\[([0-9;]*)([A-Za-z])|\n|\r|[^\u001b\n\r]+/g)) {
    const escape = /^\u001b\[([0-9;]*)([A-Za-z])$/.exec(part);
    if (escape?.[2] === 'A') row -= Number(escape[1]);
    else if (escape?.[2] === 'K') rows[row] = '';
    else if (escape?.[2] === 'J') rows.splice(row, Infinity, '');
    else if (part === '\n') rows[++row] ??= '';
    else if (!escape && part !== '\r') rows[row] += part;
  }
  return rows.slice(0, -1);
}

describe('on a terminal', () => {
  test('each command has one line, drawn anew and wiped off in the end', () => {
    const it = view();
    it.onEvent({ type: 'started', id: 'tests', argv: ['npm', 'test'] });
    it.onEvent({ type: 'started', id: 'mono', argv: ['make'] });
    expect(it.screen()).toEqual(['● tests  0:00  ', '● mono   0:00  ']);
    it.onEvent({
      type: 'line',
      id: 'tests',
      text: '\u001b[32m✓\u001b[0m one\ttwo \u001b]0;title\u0007three',
    });
    vi.advanceTimersByTime(65_000);
    expect(it.screen()).toEqual(['● tests  1:05  ✓ one two three', '● mono   1:05  ']);
    it.onEvent({ type: 'ended', id: 'tests', seconds: 3723, ended: { how: 'exited', exitCode: 0 } });
    it.onEvent({ type: 'ended', id: 'mono', seconds: 70, ended: { how: 'exited', exitCode: 2 } });
    expect(it.screen()).toEqual(['✓ tests 1:02:03  done', '✗ mono   1:10  exit code 2']);
    it.stop();
    expect(it.screen()).toEqual([]);
    const count = it.written.length;
    vi.advanceTimersByTime(1000);
    it.onEvent({ type: 'line', id: 'tests', text: 'late' });
    expect(it.written).toHaveLength(count);
  });

  test('with more commands than rows those that run are shown', () => {
    const it = view();
    for (let i = 0; i < 9; i++) it.onEvent({ type: 'started', id: `c${i}`, argv: ['x'] });
    it.onEvent({ type: 'ended', id: 'c8', seconds: 1, ended: { how: 'timed-out' } });
    expect(it.screen()).toEqual(['  and 5 more', ...[4, 5, 6, 7].map((i) => `● c${i}  0:00  `)]);
  });

  test('a terminal that does not know its size', () => {
    const it = view({ size: () => ({ columns: 0, rows: 0 }) });
    it.onEvent({ type: 'started', id: 'a', argv: ['x'] });
    it.onEvent({ type: 'started', id: 'b', argv: ['x'] });
    expect(it.screen()).toEqual(['● a  0:00  ', '● b  0:00  ']);
  });

  test('no output can break the picture', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[2J', '\u001b[9A', '\n', '\r', '\u202e', '鍵', '\u{1f511}', '\u001b'),
    );
    fc.assert(
      fc.property(fc.array(text), fc.integer({ min: 40, max: 90 }), (parts, width) => {
        const it = view({ size: () => ({ columns: width, rows: 9 }) });
        it.onEvent({ type: 'started', id: 'a', argv: ['x'] });
        it.onEvent({ type: 'line', id: 'a', text: parts.join('') });
        vi.advanceTimersByTime(500);
        it.stop();
        const escapes = it.written.join('').match(/\u001b(\[[0-9]*[A-Z])?/g) ?? [];
        expect(escapes.every((e) => ['\u001b[1A', '\u001b[2K', '\u001b[J'].includes(e))).toBe(true);
        for (const write of it.written.slice(0, -1)) {
          const line = write.replace(/\u001b\[[0-9]*[A-Z]/g, '').replace(/^\r/, '');
          expect(line).toMatch(/^[^\n\r]*\n$/);
          expect(columns(line.slice(0, -1))).toBeLessThan(width);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('with colours and without Unicode', () => {
    const it = view({ color: true, unicode: false });
    it.onEvent({ type: 'started', id: 'a', argv: ['x'] });
    it.onEvent({ type: 'line', id: 'a', text: 'y'.repeat(50) });
    it.onEvent({ type: 'ended', id: 'a', seconds: 1, ended: { how: 'not-started' } });
    expect(it.written[0]).toBe('\u001b[2K\u001b[33m*\u001b[0m a  0:00  \u001b[2m\u001b[0m\n\u001b[J');
    expect(it.written[1]).toContain('\u001b[31mx\u001b[0m a  0:01  \u001b[2mcould not be started\u001b[0m\n');
  });
});

describe('elsewhere', () => {
  test('one line for each start and end, and a sign of life each minute', () => {
    const it = view({ live: false });
    it.onEvent({ type: 'started', id: 'a', argv: ['npm', 'run', 'x\n::error::y'] });
    it.onEvent({ type: 'line', id: 'a', text: 'never shown' });
    vi.advanceTimersByTime(61_000);
    it.onEvent({ type: 'ended', id: 'a', seconds: 61, ended: { how: 'signalled', signal: 'SIGSEGV' } });
    vi.advanceTimersByTime(61_000);
    it.stop();
    expect(it.written.join('')).toBe(
      'a: runs `npm run x ::error::y`\na: still running after 1:00\na: ended by SIGSEGV after 1:01\n',
    );
  });
  test.each<[CommandEnd, string]>([
    [{ how: 'exited', exitCode: 0 }, 'done'],
    [{ how: 'exited', exitCode: 3 }, 'exit code 3'],
    [{ how: 'timed-out' }, 'timed out'],
    [{ how: 'flooded' }, 'too much output'],
    [{ how: 'not-started' }, 'could not be started'],
    [{ how: 'interrupted' }, 'interrupted'],
  ])('%j', (ended, expected) => {
    const it = view({ live: false });
    it.onEvent({ type: 'ended', id: 'a', seconds: 1, ended });
    it.stop();
    expect(it.written).toEqual([`a: ${expected} after 0:01\n`]);
  });
});
