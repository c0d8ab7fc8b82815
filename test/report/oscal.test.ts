import { describe, expect, it } from 'vitest';
import { render } from '../../src/report/index.ts';
import { uuidOf } from '../../src/report/uuid.ts';
import { fullVerdict } from '../support/verdicts.ts';

/** Made by Python's uuid5(NAMESPACE_URL, …). */
it.each([
  ['https://example.org/a#ü', '4f54bdc9-7dcf-5234-a151-f6d0e29741f6'],
  ['', '1b4db7eb-4057-5ddf-91e0-36dec72071f5'],
])('the UUID of %j is that of other programs', (address, uuid) => expect(uuidOf(address)).toBe(uuid));

interface Finding {
  title: string;
  target: { 'target-id': string; status: { state: string; reason: string } };
}

describe('oscal', () => {
  it('says satisfied of what the evidence proves alone, and nothing of what does not apply', async () => {
    const log = JSON.parse(await render('oscal', [fullVerdict])) as Record<
      'assessment-results',
      { results: readonly [{ findings: readonly Finding[] }] }
    >;
    const found = log['assessment-results'].results[0].findings.map(({ target }) => [
      target['target-id'],
      target.status.state,
      target.status.reason,
    ]);
    expect(found.slice(0, 6)).toEqual([
      ['decision', 'not-satisfied', 'fail'],
      ['flags-explicit', 'satisfied', 'pass'],
      ['shadow-soak', 'not-satisfied', 'fail'],
      ['smoke-seven-days', 'not-satisfied', 'other'],
      ['backend-tests-green', 'not-satisfied', 'other'],
      ['agent-tests-green', 'not-satisfied', 'other'],
    ]);
    expect(found.flat()).not.toContain('vault-env');
  });

  it('another instant is another result, the same one the same file', async () => {
    const later = { ...fullVerdict, evaluatedAt: '2026-02-25T09:00:00Z' };
    const [one, again, other] = await Promise.all(
      [fullVerdict, fullVerdict, later].map((verdict) => render('oscal', [verdict])),
    );
    expect(again).toBe(one);
    const uuid = (text = ''): string | undefined => /"uuid": "([^"]+)"/.exec(text)?.[1];
    expect(uuid(other)).not.toBe(uuid(one));
  });
});
