import type { RenderOptions } from '../report/index.ts';
import { type Given, has, type Session } from './command.ts';
import { isTerminal, openTerminal } from './terminal.ts';

/** How to draw on a stream of this process (1 is standard output, 2 standard error). */
export function styleOf(fd: 1 | 2, given: Given, session: Session): RenderOptions {
  const tty = isTerminal(fd);
  const { env } = session;
  const plain = set(env.NO_COLOR) || has(given, 'no-color') || env.TERM === 'dumb';
  return { color: tty && !plain, width: tty ? terminalWidth(fd) : 80, unicode: hasUnicode(session) };
}

/** How to draw into a file. */
export const fileStyle: RenderOptions = { color: false, width: 80, unicode: true };

function set(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function terminalWidth(fd: 1 | 2): number {
  const { columns } = openTerminal(fd);
  return columns > 0 ? Math.min(Math.max(columns, 40), 100) : 80;
}

/** A locale that says another character set is believed; where none is set (containers, CI) it is UTF-8. */
function hasUnicode({ env, platform }: Session): boolean {
  if (env.TERM === 'linux' || env.TERM === 'dumb') return false;
  if (platform === 'win32') return set(env.WT_SESSION) || set(env.CI) || env.TERM_PROGRAM === 'vscode';
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(set);
  return locale === undefined || /utf-?8/i.test(locale);
}
