// What a Prometheus server would answer to the queries of the shipped policy over such a history, so that the demo needs
// no server. A rate over five minutes is what the last five minutes counted.
import { buckets, minute } from './signals.mjs';

/** By evidence id: the value of its query at an instant. */
export function answersOf(signals) {
  const perMinute =
    (...names) =>
    (at) =>
      total(named(signals, names), at) / 5;
  const share = (name) => (at) => {
    const calls = total(named(signals, ['vault_rpc_calls']), at);
    return calls > 0 ? total(named(signals, [name]), at) / calls : 0;
  };
  const quantile = (rank, name) => (at) => quantileOf(rank, named(signals, [name])[0], at);
  return {
    'auth-failures': perMinute('auth_verification_failures'),
    'tenant-denials': perMinute('http_requests'),
    'ws-reconnects': perMinute('agent_ws_reconnect_attempts'),
    'ws-reconnect-seconds': quantile(0.5, 'agent_ws_reconnect_duration_seconds'),
    'dispatch-ack-seconds': quantile(0.95, 'vm_command_dispatch_ack_seconds'),
    'ack-result-seconds': quantile(0.95, 'vm_command_ack_result_seconds'),
    'stale-requeues': perMinute('vm_command_requeues'),
    'dead-letters': perMinute('vm_command_dead_letter'),
    'vault-failures': perMinute('vault_adapter_failures'),
    'vault-timeouts': share('vault_rpc_timeouts'),
    'vault-errors': share('vault_rpc_errors'),
    'vault-fallbacks': perMinute('vault_local_fallback_references'),
  };
}

function named(signals, names) {
  return signals.filter(({ name }) => names.includes(name));
}

const lastFive = (at) => [4, 3, 2, 1, 0].map((ago) => at - ago * minute);

function total(signals, at) {
  return signals.reduce(
    (sum, { counts }) => sum + lastFive(at).reduce((all, time) => all + counts(time), 0),
    0,
  );
}

/** The quantile as `histogram_quantile` takes it from buckets; 0 without an event, as the guard of the query says. */
function quantileOf(rank, { counts, seconds }, at) {
  const filled = buckets.map((most) =>
    lastFive(at).reduce((sum, time) => sum + (seconds(time) <= most ? counts(time) : 0), 0),
  );
  const all = filled.at(-1);
  if (all === 0) return 0;
  const index = filled.findIndex((count) => count >= rank * all);
  const [low, high] = [buckets[index - 1] ?? 0, buckets[index]];
  if (!Number.isFinite(high)) return low;
  const below = filled[index - 1] ?? 0;
  return low + ((high - low) * (rank * all - below)) / (filled[index] - below);
}
