import { describe, expect, it } from 'vitest';
import { account, randomEdit, randomLog } from './logEdits.ts';
import { codes, inParts, logText, read, readFast, row, tell } from './logs.ts';
import { pick, seeded } from './randomDocument.ts';

describe('edits of a log (R16)', () => {
  it('lose no row silently in 1,200 edits', () => {
    const seen = { absent: 0, flaw: 0, kept: 0, lost: 0 };
    for (let number = 0; number < 1200; number++) {
      const random = seeded(11_000_000 + number);
      const before = randomLog(random);
      const after = randomEdit(random, before);
      const outcome = account(before, after);
      seen[outcome]++;
      expect(outcome, `${before}\n------\n${after}`).not.toBe('lost');
    }
    expect(seen.absent).toBeGreaterThan(50);
    expect(seen.flaw).toBeGreaterThan(100);
    expect(seen.kept).toBeGreaterThan(300);
  });

  it('a blank line slipped into a table changes findings, never records', () => {
    for (let number = 0; number < 300; number++) {
      const random = seeded(12_000_000 + number);
      const rows = Array.from({ length: 6 }, (_, day) =>
        row(`2026-02-0${day + 1}T06:00:00Z`, pick(random, ['pass', 'fail'])),
      );
      const before = logText(...rows);
      const lines = before.split('\n');
      const at = 8 + Math.floor(random() * 6);
      const after = [...lines.slice(0, at), pick(random, ['', '  ', '\t']), ...lines.slice(at)].join('\n');
      const records = (text: string) => tell(read(text)).map(({ time, cells, flaw }) => [time, cells, flaw]);
      expect(records(after)).toEqual(records(before));
      expect(codes(read(after))).toEqual(at < 14 ? [`log.detached-rows:${at + 2}`] : []);
    }
  });
});

describe('the fast reader against the full one', () => {
  it('tells the same of 400 logs and their edits, in parts of any size', () => {
    let accepted = 0;
    for (let number = 0; number < 400; number++) {
      const random = seeded(13_000_000 + number);
      const text = random() < 0.5 ? randomLog(random) : randomEdit(random, randomLog(random));
      const fast = readFast([inParts('log.md', text, 1 + Math.floor(random() * 200))]);
      if (fast.status === 'needs-rich') continue;
      accepted++;
      // A list at the end is the full reader's business and leaves the log alone.
      const full = read(`${text}${text.endsWith('\n') ? '' : '\n'}\n- item\n`);
      expect(full.status, text).toBe(fast.status);
      if (fast.status !== 'read' || !text.endsWith('\n')) continue;
      expect(tell(full), text).toEqual(tell(fast));
      expect(codes(full), text).toEqual(codes(fast));
    }
    expect(accepted).toBeGreaterThan(160);
  });
});
