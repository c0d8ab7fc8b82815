import { describe, expect, test } from 'vitest';
import { composites } from '../../src/checks/composite.ts';
import type { CheckContext, Judgement } from '../../src/checks/context.ts';
import type { Check } from '../../src/model/policy.ts';

const part = (change: Partial<Judgement>): Judgement => ({
  ...{ outcome: 'pass', code: 'metric.within-bound', message: 'fine', cites: [] },
  ...change,
});
const waits = part({ outcome: 'pending', code: 'metric.short', message: 'young', todo: 'wait' });
const fails = part({ outcome: 'fail', code: 'metric.limit-violated', message: 'storm', todo: 'go back' });
const silent = part({ outcome: 'unknown', code: 'server.unset', message: 'no server' });

function judge(kind: 'all' | 'any', parts: readonly Judgement[]): Judgement {
  const checks = parts.map((_, index) => ({ kind: 'passes', of: String(index) }) as unknown as Check);
  const family = {
    judge: (check: Check) => parts[checks.indexOf(check)] as Judgement,
    words: () => 'a demand',
  };
  return composites(family)[kind].judge({ kind, checks } as never, {} as CheckContext);
}

describe('a composite speaks with the words of what decides', () => {
  test.each([
    ['a fail is not explained by what waits', 'all', [waits, fails], 'storm', 'go back'],
    ['every fail is named', 'all', [fails, { ...fails, message: 'rain' }], 'storm; rain', 'go back'],
    ['what nobody knows comes before what waits', 'all', [waits, silent], 'no server', undefined],
    ['what waits says so once', 'all', [waits, part({}), waits], 'young', 'wait'],
    [
      'of alternatives each is told, and the best says what to do',
      'any',
      [fails, waits],
      'storm; young',
      'wait',
    ],
  ] as const)('%s', (_name, kind, parts, message, todo) => {
    const judgement = judge(kind, parts);
    expect(judgement.message).toBe(message);
    expect(judgement.todo).toBe(todo);
    expect(judgement.parts?.map((one) => one.message)).toEqual(parts.map((one) => one.message));
  });
});
