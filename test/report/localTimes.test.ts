import { describe, expect, it } from 'vitest';
import { localText, forPeople } from '../../src/report/localTimes.ts';

const spaces = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('localText', () => {
  it.each([
    ['expired at 2026-02-27T00:00:00Z', 'expired at Fri 2026-02-27 01:00 +01:00 Europe/Berlin'],
    [
      'from 2026-07-01T10:00:00Z to 2026-07-02T10:00:30Z',
      'from Wed 2026-07-01 12:00 +02:00 Europe/Berlin to Thu 2026-07-02 12:00:30 +02:00 Europe/Berlin',
    ],
    ['log.md:7 of 2026-02-27T00:00:00Z; 7d', 'log.md:7 of Fri 2026-02-27 01:00 +01:00 Europe/Berlin; 7d'],
    ["`2026-02-27T00:00:00Z` is the user's word", "`2026-02-27T00:00:00Z` is the user's word"],
    ['audit-2026-02-27T00:00:00Z.md', 'audit-2026-02-27T00:00:00Z.md'],
    ['2026-02-27T00:00:00Z-2.md', '2026-02-27T00:00:00Z-2.md'],
    ['no instant', 'no instant'],
  ])('%s', (text, expected) => expect(spaces(localText(text, 'Europe/Berlin'))).toBe(expected));
});

it('changes what the program words itself, nothing else', () => {
  const at = '2026-02-27T00:00:00Z';
  const told = forPeople(
    {
      earliest: at,
      reason: `since ${at}`,
      rules: [{ message: `since ${at}`, todo: `after ${at}`, observed: at }],
    },
    'UTC',
  );
  const text = 'Fri\u00a02026-02-27\u00a000:00\u00a0UTC';
  expect(JSON.parse(JSON.stringify(told))).toEqual({
    earliest: at,
    reason: `since ${at}`,
    rules: [{ message: `since ${text}`, todo: `after ${text}`, observed: at }],
  });
});
