import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInstant } from '../../src/model/instant.ts';
import type { Result } from '../../src/model/problem.ts';
import { type Appended, appendRow } from '../../src/record/append.ts';
import type { RowRequest } from '../../src/record/request.ts';
import { smoke } from '../support/smokeLog.ts';

export const path = 'smoke.md';
export const instant = parseInstant('2026-02-24T09:00:00Z') as number;

export const rowOf = (day: string, checks = 'pass', details = 'ok') =>
  `| 2026-02-${day}T09:00:00Z | shadow | ${checks} | ${details} |`;

/** A folder of its own with one log in it. */
export function makeLog(text?: string | Buffer) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-record-')));
  if (text !== undefined) writeFileSync(join(root, path), text);
  return {
    root,
    text: () => readFileSync(join(root, path), 'utf8'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export function requestFor(root: string, changes: Partial<RowRequest> = {}): RowRequest {
  const { at = instant } = changes;
  const time = new Date(at).toISOString().replace('.000Z', 'Z');
  return {
    root,
    path,
    spec: { ...smoke, path },
    zone: 'UTC',
    title: 'Rollout: smoke',
    fields: [['Policy', 'rollout']],
    columns: ['Timestamp (UTC)', 'AUTH_MODE', 'Checks', 'Details'],
    makeTable: false,
    at,
    wait: 2000,
    cells: { 'Timestamp (UTC)': time, AUTH_MODE: 'shadow', Checks: 'pass', Details: 'new' },
    ...changes,
  };
}

/** Appends to a text and gives the text afterwards. */
export async function appendTo(
  text: string | Buffer | undefined,
  changes: Partial<RowRequest> = {},
): Promise<{ result: Result<Appended>; text: string }> {
  const log = makeLog(text);
  try {
    const result = await appendRow(requestFor(log.root, changes));
    return { result, text: log.text() };
  } finally {
    log.remove();
  }
}
