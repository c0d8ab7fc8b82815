// When the phases of the demo were entered: each after its soak, the last eight days before the eve of the exit.
import { minute } from './signals.mjs';

const hour = 60 * minute;

/** Hours before now. */
export const entered = { 'auth-enforced': 287, 'ws-enforced': 239, 'vault-enforced': 191 };

export function switchesBefore(now) {
  return Object.fromEntries(Object.entries(entered).map(([phase, ago]) => [phase, now - ago * hour]));
}
