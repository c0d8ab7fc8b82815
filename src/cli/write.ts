import { writeSync } from 'node:fs';
import { systemCode } from '../files/systemCode.ts';

const standardOut = 1;
const standardError = 2;

export { systemCode };

/**
 * Writes a text to standard output, all of it, however slowly it is read. A full pipe that does not block (EAGAIN) is
 * tried again; whatever else goes wrong is thrown.
 */
export async function writeOut(text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  for (let done = 0, wait = 1; done < bytes.length; ) {
    try {
      done += writeSync(standardOut, bytes, done);
      wait = 1;
    } catch (error) {
      if (systemCode(error) !== 'EAGAIN') throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, 50);
    }
  }
}

/** Writes to standard error as far as that is possible; a reader that is gone changes no answer. */
export function writeError(text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  let done = 0;
  for (let tries = 0; done < bytes.length && tries < 1000; tries++) {
    try {
      done += writeSync(standardError, bytes, done);
    } catch (error) {
      if (systemCode(error) !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
