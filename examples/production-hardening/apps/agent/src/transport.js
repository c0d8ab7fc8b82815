/** The channels to try, in order. Hybrid prefers the WebSocket and falls back; `ws` never falls back. */
export function channels(transport) {
  switch (transport) {
    case 'ws':
      return ['ws'];
    case 'hybrid':
      return ['ws', 'longpoll'];
    case 'longpoll':
      return ['longpoll'];
    default:
      throw new Error(`unknown transport ${transport}`);
  }
}

/** Seconds to wait before reconnect attempt n (from 0): doubled each time, at most a minute. */
export function backoff(attempt) {
  return Math.min(60, 2 ** attempt);
}
