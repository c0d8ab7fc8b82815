import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** What one process saw: the distinct hashes of all that it said, and that zones and locale were really others. */
export interface Purity {
  hashes: readonly string[];
  offsets: number;
  locale: string;
  runs: number;
}

export const zones = [
  ...[
    'UTC',
    'Asia/Kathmandu',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'America/New_York',
    'Europe/Berlin',
  ],
  ...[
    'Africa/Cairo',
    'America/Havana',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'America/St_Johns',
    'Asia/Tokyo',
  ],
  ...[
    'Pacific/Chatham',
    'America/Sao_Paulo',
    'Europe/London',
    'Asia/Tehran',
    'Pacific/Apia',
    'Australia/Eucla',
  ],
  ...['America/Los_Angeles', 'Africa/Casablanca'],
];
export const locales = ['en_US.UTF-8', 'de_DE.UTF-8', 'tr_TR.UTF-8', 'ar_EG.UTF-8', 'ja_JP.UTF-8'];

/** Judges a copy of one workspace with the built library: a process for each locale, in it every zone. */
export async function lookEverywhere(shuffles: number): Promise<readonly Purity[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-pure-')));
  try {
    cpSync('test/cases/rollout-shadow/tree', root, { recursive: true });
    const seen: Purity[] = [];
    for (const locale of locales) seen.push(await lookOnce(root, locale, shuffles));
    return seen;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function lookOnce(root: string, locale: string, shuffles: number): Promise<Purity> {
  const env = {
    ...{ PATH: process.env.PATH ?? '', LC_ALL: locale, LANG: locale, ZONES: zones.join(), ROOT: root },
    ...{ POLICY: 'policies/rollout.yaml', NOW: '2026-02-24T09:00:00Z', SHUFFLES: String(shuffles) },
    LIBRARY: resolve('dist/index.js'),
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['test/support/purity.mjs'], { env });
  return JSON.parse(stdout) as Purity;
}
