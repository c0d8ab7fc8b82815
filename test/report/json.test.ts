import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/model/verdict.ts';
import { render } from '../../src/report/index.ts';
import { fullVerdict, verdictWith } from '../support/verdicts.ts';

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('json', () => {
  it('reads back as the verdict itself and ends with one line break', async () => {
    const text = await render('json', [fullVerdict]);
    expect(JSON.parse(text)).toEqual(fullVerdict);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('gives the same bytes whatever order the keys were built in', async () => {
    expect(await render('json', [reversed(fullVerdict) as Verdict])).toBe(
      await render('json', [fullVerdict]),
    );
  });

  it('puts the decision before the gates, and ids before what is said of them', async () => {
    const keys = [...(await render('json', [fullVerdict])).matchAll(/^ {2}"(\w+)":/gm)].map(
      (match) => match[1],
    );
    expect(keys.slice(0, 4)).toEqual(['apiVersion', 'kind', 'tool', 'policy']);
    expect(keys.indexOf('decision')).toBeLessThan(keys.indexOf('gates'));
  });

  it('writes several verdicts as one array sorted by policy name', async () => {
    const named = (name: string): Verdict => verdictWith({ policy: { ...fullVerdict.policy, name } });
    const text = await render('json', [named('b'), named('a'), named('Z')]);
    expect((JSON.parse(text) as Verdict[]).map(({ policy }) => policy.name)).toEqual(['Z', 'a', 'b']);
  });
});
