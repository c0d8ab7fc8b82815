import { describe, expect, it } from 'vitest';
import { type CollectOptions, collectEvidence } from '../../src/collect/index.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { hour } from '../../src/model/instant.ts';
import type { EvidenceSpec, Policy } from '../../src/model/policy.ts';
import { noon, optionsOf, policyOf, spec, variable } from './policy.ts';

const text = (time: string) =>
  [
    '# Snapshot',
    '',
    `Evaluated at: ${time}`,
    'Mode: full',
    '',
    '## Notes',
    '',
    'All is well.',
    '',
    '- [ ] open',
    '- [x] done',
    '',
  ].join('\n');

async function collect(
  document: { path: string; time?: string },
  files: Readonly<Record<string, string>>,
  {
    more = {},
    policy = {},
    options = {},
  }: { more?: Partial<EvidenceSpec>; policy?: Partial<Policy>; options?: Partial<CollectOptions> } = {},
): Promise<Evidence> {
  const vault = spec({ kind: 'env', variables: { KEY: variable({ secret: true }) } });
  const evidence = { doc: spec({ kind: 'document', ...document }, more), vault };
  const collected = await collectEvidence(policyOf(evidence, policy), optionsOf(files, options));
  if (!collected.ok) throw new Error('no evidence');
  return collected.value.evidence.find(({ id }) => id === 'doc') as Evidence;
}

const codeOf = (item: Evidence) => (item.status === 'absent' ? item.code : item.source.path);

describe('document evidence', () => {
  it('holds fields, sections and tasks with their lines', async () => {
    const item = await collect({ path: 'd.md' }, { 'd.md': text('2026-02-24T09:00:00Z') });
    if (item.status !== 'observed' || item.content.type !== 'document') throw new Error(JSON.stringify(item));
    expect({ ...item.content.fields }).toEqual({
      'Evaluated at': { text: '2026-02-24T09:00:00Z', line: 3 },
      Mode: { text: 'full', line: 4 },
    });
    expect(item.content.sections['Notes']).toMatchObject({
      line: 6,
      text: expect.stringContaining('All is well.'),
    });
    expect(item.content.tasks).toEqual({ open: [10], done: [11] });
  });

  it('is absent without the file, or if it is no text', async () => {
    expect(codeOf(await collect({ path: 'd.md' }, {}))).toBe('file.missing');
    expect(codeOf(await collect({ path: '../d.md' }, {}))).toBe('file.outside-root');
  });

  const path = 'r-{yyyy}-{MM}-{dd}.md';
  const series = (...names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [`r-${name}.md`, text('x')]));

  it('is the newest of a series that is not dated after today', async () => {
    const files = series('2026-02-23', '2026-02-24', '2026-02-24-2', '2026-02-24-10', '2026-02-25');
    expect(codeOf(await collect({ path }, files))).toBe('r-2026-02-24-10.md');
    expect(codeOf(await collect({ path }, series('2026-02-25')))).toBe('file.missing');
    expect(codeOf(await collect({ path: 'r-{yyyy}-{MM}.md' }, series('2026-01', '2026-02', '2026-03')))).toBe(
      'r-2026-02.md',
    );
  });

  it('counts days in the zone of the policy', async () => {
    const files = series('2026-02-24', '2026-02-25');
    const late = { clock: () => Date.UTC(2026, 1, 24, 20) };
    expect(codeOf(await collect({ path }, files, { options: late }))).toBe('r-2026-02-24.md');
    const there = { options: late, policy: { timezone: 'Asia/Tokyo' } };
    expect(codeOf(await collect({ path }, files, there))).toBe('r-2026-02-25.md');
    const back = { options: { at: Date.UTC(2026, 1, 23) } };
    expect(codeOf(await collect({ path }, series('2026-02-23', '2026-02-24'), back))).toBe('r-2026-02-23.md');
  });

  it('is as old as the field says that the policy names', async () => {
    const named = { path: 'd.md', time: 'Evaluated at' };
    const aged = (time: string, maxAge: number) =>
      collect(named, { 'd.md': text(time) }, { more: { maxAge } });
    expect(codeOf(await aged('2026-02-23T12:00:00Z', 24 * hour))).toBe('d.md');
    expect(codeOf(await aged('2026-02-23T11:59:59Z', 24 * hour))).toBe('evidence.stale');
    expect(codeOf(await aged('2026-02-24T12:06:00Z', 24 * hour))).toBe('evidence.undated');
    expect(codeOf(await aged('2026-02-24 09:00', 24 * hour))).toBe('evidence.undated');
    expect(codeOf(await aged('TODO', 24 * hour))).toBe('evidence.undated');
    expect(codeOf(await collect(named, { 'd.md': text('TODO') }))).toBe('d.md');
    expect((await aged('2026-02-24T09:00:00Z', 24 * hour)).collectedAt).toBe(noon - 3 * hour);
  });

  it('takes secrets out of every text', async () => {
    const secret = 'hunter2-hunter2';
    const leaky = `# D\n\nOwner: ${secret}\n\n## About ${secret}\n\nIt is ${secret}.\n`;
    const item = await collect({ path: 'd.md' }, { 'd.md': leaky }, { options: { env: { KEY: secret } } });
    expect(item.status).toBe('observed');
    expect(JSON.stringify(item)).not.toContain(secret);
  });
});
