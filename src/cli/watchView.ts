import { formatInstant, hour } from '../model/instant.ts';
import type { Round } from '../model/round.ts';
import { type Lately, watchLines, watchScreen } from '../report/watch.ts';
import { type Given, has, type Session } from './command.ts';
import { styleOf } from './style.ts';
import { canRedraw, openTerminal } from './terminal.ts';
import { writeError } from './write.ts';

export interface WatchView {
  onRound(round: Round): void;
  /** Says something that is no part of a round: at once, or where a screen is drawn when that is gone. */
  say(text: string): void;
  /** Gives the terminal back as it was. */
  stop(): void;
}

const standardError = 2;
// ECMA-48 and xterm: the other screen, no cursor; home, clear to the end of a line and of the screen.
const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
const home = '\u001b[H';
const restOfLine = '\u001b[K';
const restOfScreen = '\u001b[J';

/** How a watch is shown on standard error: as one screen that stands still on a terminal, elsewhere as lines. */
export function openWatchView(given: Given, session: Session): WatchView {
  if (has(given, 'quiet')) return { onRound: () => undefined, say: writeError, stop: () => undefined };
  return canRedraw(session.env) ? screenView(given, session) : lineView();
}

/** A sign of life this often, where nothing changes. */
const signOfLife = hour;

function lineView(): WatchView {
  let said = Number.NEGATIVE_INFINITY;
  return {
    onRound: (round) => {
      const text = watchLines(round, round.at - said >= signOfLife);
      if (text === '') return;
      writeError(text);
      said = round.at;
    },
    say: writeError,
    stop: () => undefined,
  };
}

function screenView(given: Given, session: Session): WatchView {
  const terminal = openTerminal(standardError);
  const style = styleOf(standardError, given, session);
  let lately: Lately | undefined;
  let round: Round | undefined;
  let drawn = false;
  let later = '';
  const draw = (): void => {
    if (round === undefined) return;
    const [columns, rows] = terminal.getWindowSize();
    const size = { width: columns > 0 ? Math.min(columns, 100) : 80, rows: rows > 0 ? rows : 24 };
    const text = watchScreen(round, lately, { ...style, ...size });
    writeError(`${drawn ? '' : enter}${home}${text.replaceAll('\n', `${restOfLine}\r\n`)}${restOfScreen}`);
    drawn = true;
  };
  terminal.on('resize', draw);
  return {
    onRound: (latest) => {
      round = latest;
      if (latest.changes.length > 0) lately = { at: formatInstant(latest.at), changes: latest.changes };
      draw();
    },
    say: (text) => {
      later += text;
    },
    stop: () => {
      terminal.removeListener('resize', draw);
      if (drawn) writeError(leave);
      writeError(later);
    },
  };
}
