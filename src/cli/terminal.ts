import { fstatSync } from 'node:fs';
import type { WriteStream } from 'node:tty';

/**
 * Whether a stream of this process is a terminal. What is no character device is none: pipes and files are told by the
 * file system alone, since loading `node:tty` brings sockets and streams with it and takes longer than most policies.
 */
export function isTerminal(fd: 1 | 2): boolean {
  return isDevice(fd) && process.getBuiltinModule('node:tty').isatty(fd);
}

/** Whether what is shown on standard error may be drawn over: by people's terminals, not by the logs of CI. */
export function canRedraw({ CI, TERM }: Readonly<Record<string, string | undefined>>): boolean {
  return isTerminal(2) && TERM !== 'dumb' && (CI === undefined || CI === '' || CI === 'false');
}

/** The terminal itself, to ask for its size. */
export function openTerminal(fd: 1 | 2): WriteStream {
  return new (process.getBuiltinModule('node:tty').WriteStream)(fd);
}

function isDevice(fd: number): boolean {
  // What Windows says of a console is not to be relied on.
  if (process.platform === 'win32') return true;
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false;
  }
}
