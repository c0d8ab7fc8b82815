import type { CommandEnd, Progress } from '../model/progress.ts';
import { plain } from '../report/escape.ts';
import { clip, pad } from '../report/wrap.ts';

export interface ProgressOptions {
  /** Writes to standard error. */
  write: (text: string) => void;
  /** Draws and redraws (a terminal); else one line for each thing that happens. */
  live: boolean;
  /** Size of the terminal, asked at each drawing. */
  size: () => { columns: number; rows: number };
  color: boolean;
  unicode: boolean;
  /** Milliseconds that only grow. */
  now: () => number;
}

export interface ProgressView {
  onEvent: (event: Progress) => void;
  /** Ends the drawing and wipes it off. Nothing is written afterwards. */
  stop: () => void;
}

/** Milliseconds between two drawings, and between two signs of life where nothing is redrawn. */
const frame = 125;
const signOfLife = 60_000;

interface Running {
  id: string;
  began: number;
  line: string;
  ended?: { how: CommandEnd; seconds: number };
}

/** Shows commands while they run: on a terminal as lines that live, elsewhere as a log. */
export function createProgress(options: ProgressOptions): ProgressView {
  return options.live ? liveView(options) : logView(options);
}

function logView({ write, now }: ProgressOptions): ProgressView {
  const running = new Map<string, number>();
  const say = (text: string): void => write(`${plain(text)}\n`);
  const timer = setInterval(() => {
    for (const [id, began] of running) say(`${id}: still running after ${clock(now() - began)}`);
  }, signOfLife);
  timer.unref();
  return {
    onEvent: (event) => {
      switch (event.type) {
        case 'started':
          running.set(event.id, now());
          say(`${event.id}: runs \`${event.argv.join(' ')}\``);
          return;
        case 'line':
          return;
        case 'ended':
          running.delete(event.id);
          say(`${event.id}: ${words(event.ended)} after ${clock(event.seconds * 1000)}`);
      }
    },
    stop: () => clearInterval(timer),
  };
}

function liveView(options: ProgressOptions): ProgressView {
  const { write, now } = options;
  const commands = new Map<string, Running>();
  let drawn = 0;
  const draw = (): void => {
    if (commands.size === 0) return;
    const lines = picture([...commands.values()], options);
    write(`${up(drawn)}${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[J`);
    drawn = lines.length;
  };
  const timer = setInterval(draw, frame);
  timer.unref();
  return {
    onEvent: (event) => {
      const known = commands.get(event.id);
      switch (event.type) {
        case 'started':
          commands.set(event.id, { id: event.id, began: now(), line: '' });
          draw();
          return;
        case 'line':
          // Drawn with the next frame: a flood of lines must not become a flood of drawings.
          if (known) known.line = event.text;
          return;
        case 'ended':
          if (known) known.ended = { how: event.ended, seconds: event.seconds };
          draw();
      }
    },
    stop: () => {
      clearInterval(timer);
      if (drawn > 0) write(`${up(drawn)}\u001b[J`);
      commands.clear();
      drawn = 0;
    },
  };
}

function up(lines: number): string {
  return lines > 0 ? `\r\u001b[${lines}A` : '';
}

/** One line for each command, those that still run last; as many as the terminal can hold. */
function picture(commands: readonly Running[], options: ProgressOptions): readonly string[] {
  const size = options.size();
  // A terminal that has not been told its size says 0.
  const columns = size.columns > 0 ? Math.max(size.columns, 20) : 80;
  const rows = size.rows > 0 ? size.rows : 24;
  const sorted = [...commands.filter(({ ended }) => ended), ...commands.filter(({ ended }) => !ended)];
  const shown = sorted.slice(-Math.max(1, rows - 2));
  const width = Math.max(...shown.map(({ id }) => id.length));
  const lines = shown.map((command) => lineOf(command, { ...options, columns, width: Math.min(width, 30) }));
  const hidden = sorted.length - shown.length;
  return hidden > 0 ? [clip(`  and ${hidden} more`, columns - 1, ''), ...lines] : lines;
}

interface LineOptions extends ProgressOptions {
  columns: number;
  /** Columns for ids. */
  width: number;
}

function lineOf({ id, began, line, ended }: Running, options: LineOptions): string {
  const { color, unicode, now, columns, width } = options;
  const ellipsis = unicode ? '…' : '...';
  const time = clock(ended ? ended.seconds * 1000 : now() - began).padStart(5);
  const head = ` ${pad(clip(plain(id), width, ellipsis), width)} ${time}  `;
  const rest = ended ? words(ended.how) : plain(withoutEscapes(line)).trim();
  const mark = ended
    ? isGood(ended.how)
      ? unicode
        ? '✓'
        : '+'
      : unicode
        ? '✗'
        : 'x'
    : unicode
      ? '●'
      : '*';
  // The last column stays free: writing into it would break the line.
  const text = clip(head + rest, columns - 2, ellipsis);
  if (!color) return mark + text;
  const paint = ended ? (isGood(ended.how) ? '32' : '31') : '33';
  return `\u001b[${paint}m${mark}\u001b[0m${text.slice(0, head.length)}\u001b[2m${text.slice(head.length)}\u001b[0m`;
}

/** Escape sequences (ECMA-48) are left out whole; of other control characters `plain` makes something visible. */
function withoutEscapes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(
    /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b./g,
    '',
  );
}

function isGood(end: CommandEnd): boolean {
  return end.how === 'exited' && end.exitCode === 0;
}

function words(end: CommandEnd): string {
  switch (end.how) {
    case 'exited':
      return end.exitCode === 0 ? 'done' : `exit code ${end.exitCode}`;
    case 'timed-out':
      return 'timed out';
    case 'flooded':
      return 'too much output';
    case 'signalled':
      return `ended by ${end.signal}`;
    case 'not-started':
      return 'could not be started';
    case 'interrupted':
      return 'interrupted';
  }
}

/** `0:07`, `12:30`, `1:02:03`. */
function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${hours > 0 ? two(minutes) : minutes}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
