// What the services of the example would have measured: every number is a formula of the minute, so that the same
// history comes out each time and none of it has to be kept.

export const minute = 60_000;

/**
 * What goes wrong, and in which phase: from ten minutes after its first switch, for three hours or until it is rolled back.
 */
export const kinds = {
  good: undefined,
  'auth-spike': 'auth-enforced',
  'reconnect-storm': 'ws-enforced',
  'vault-timeouts': 'vault-enforced',
};

/** A number from 0 to 1 for a minute; `salt` tells the series apart. */
function noise(at, salt) {
  let bits = Math.imul(at / minute, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
}

const rarely = (share, salt) => (at) => (noise(at, salt) < share ? 1 : 0);
const both = (one, other) => (at) => one(at) + other(at);

/**
 * Counters and histograms by name. `counts` says how many events a minute brings; a counter that never counts has no
 * series, as in a real service. `seconds` is how long each event of a histogram takes.
 */
export function signalsOf({ kind, switches, rollbacks = {} }) {
  const phase = kinds[kind];
  const began = phase === undefined ? undefined : switches[phase];
  const ended = Math.min(began + 190 * minute, rollbacks[phase] ?? Number.POSITIVE_INFINITY);
  const bad = (at) => began !== undefined && at > began + 10 * minute && at <= ended;
  const when = (name, many) => (at) => (kind === name && bad(at) ? many : 0);
  const attempts = both(rarely(0.4, 4), when('reconnect-storm', 120));
  const slow = (at) => (kind === 'reconnect-storm' && bad(at) ? 8 : 0.4 + noise(at, 5));
  return [
    counter('auth_verification_failures', {}, both(rarely(0.3, 1), when('auth-spike', 45))),
    counter(
      'http_requests',
      { route_class: 'tenant', status: '401' },
      both(rarely(0.3, 2), when('auth-spike', 30)),
    ),
    counter(
      'http_requests',
      { route_class: 'tenant', status: '403' },
      both(rarely(0.1, 3), when('auth-spike', 20)),
    ),
    counter('agent_ws_reconnect_attempts', {}, attempts),
    histogram('agent_ws_reconnect_duration_seconds', attempts, slow),
    histogram(
      'vm_command_dispatch_ack_seconds',
      () => 6,
      (at) => 0.2 + 0.4 * noise(at, 6),
    ),
    histogram(
      'vm_command_ack_result_seconds',
      () => 6,
      (at) => 1 + 3 * noise(at, 7),
    ),
    counter('vm_command_requeues', { reason: 'stale-dispatch' }, rarely(0.05, 8)),
    counter('vm_command_dead_letter', {}, () => 0),
    counter('vault_adapter_failures', {}, both(rarely(0.02, 9), when('vault-timeouts', 3))),
    counter('vault_rpc_calls', {}, () => 40),
    counter('vault_rpc_timeouts', {}, both(rarely(0.01, 10), when('vault-timeouts', 12))),
    counter('vault_rpc_errors', {}, () => 0),
    counter('vault_local_fallback_references', {}, when('vault-timeouts', 2)),
  ];
}

const counter = (name, labels, counts) => ({ type: 'counter', name, labels, counts });
const histogram = (name, counts, seconds) => ({ type: 'histogram', name, labels: {}, counts, seconds });

/** Upper bounds of the buckets of every histogram, in seconds. */
export const buckets = [0.5, 1, 2, 5, 10, Number.POSITIVE_INFINITY];
