import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { appendRow } from '../../../src/record/append.ts';
import { takeLock } from '../../../src/record/lock.ts';
import { lockPathOf } from '../../../src/record/sweep.ts';
import { dieAt } from './die.ts';
import { type Line, rowRequest } from './rows.ts';

/** A writer without the rest of the program, told by lines on its standard input what to do. */
const [root = ''] = process.argv.slice(2);

const calls = [
  ...['openSync', 'writeSync', 'fsyncSync', 'closeSync', 'linkSync', 'renameSync', 'unlinkSync'],
  ...['readFileSync', 'readdirSync', 'statSync', 'fchmodSync', 'realpathSync', 'mkdirSync'],
];

function say(text: string): void {
  writeSync(1, `${text}\n`);
}

/** A caller that keeps books of its own before it answers: between unlocking and the answer lies some time. */
function keepBooks(line: Line): void {
  const fd = openSync(join(root, `books-${process.pid}`), 'w');
  writeSync(fd, JSON.stringify(line));
  fsyncSync(fd);
  closeSync(fd);
}

async function append(line: Line): Promise<void> {
  const result = await appendRow(rowRequest(root, line));
  if (!result.ok) {
    say(`lost ${result.problems.map(({ code, message }) => `${code} ${message}`).join('; ')}`);
    return;
  }
  keepBooks(line);
  say(`ack ${line.key} ${result.value.how}`);
}

async function obey(order: string): Promise<void> {
  const {
    kind,
    path,
    from = 0,
    count = 0,
    tag = '',
    short = false,
    die,
  } = JSON.parse(order) as {
    kind: 'append' | 'hold';
    path: string;
    from?: number;
    count?: number;
    tag?: string;
    short?: boolean;
    die?: { at: number; share: number };
  };
  if (kind === 'hold') {
    const lock = await takeLock(lockPathOf(join(root, path)), 10_000);
    say(lock.how);
    setInterval(() => undefined, 1000);
    return;
  }
  if (die) dieAt({ ...die, calls, from: 'readdirSync' });
  for (let number = from; number < from + count; number++)
    await append({ path, key: `${tag}${number}`, number, short });
  say('done');
}

createInterface({ input: process.stdin }).on('line', (order) => void obey(order));
say('ready');
