// An evidence file with the answers of a history, as `soakgate collect --output` would have written it at that moment.
import { createHash } from 'node:crypto';
import { answersOf } from './queries.mjs';

const sha256 = (text) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const stamp = (at) => new Date(at).toISOString().replace('.000Z', 'Z');

/**
 * @param policy as `parsePolicy` of the library gives it
 * @param moment `now`, how far to look `back` (milliseconds), and the `commit` that is checked out
 */
export function evidenceFile(policy, signals, { now, back, commit }) {
  const answers = answersOf(signals);
  const asked = Object.entries(policy.evidence).filter(([, { kind }]) => kind === 'prometheus');
  const evidence = asked.map(([id, { query, step }]) => {
    if (answers[id] === undefined) throw new Error(`the history has no answer to the query of ${id}`);
    const from = Math.floor((now - back) / step) * step;
    const samples = [];
    for (let time = from; time <= now; time += step) samples.push({ time, value: answers[id](time) });
    // The keys stand in the order of canonical JSON (RFC 8785), over which the digest goes.
    const content = { from, samples, step, to: now, type: 'samples' };
    const digest = sha256(JSON.stringify(content));
    const seen = { status: 'observed', origin: 'live', collectedAt: stamp(now), findings: [] };
    return { id, kind: 'prometheus', ...seen, source: { query }, content, digest };
  });
  return {
    ...{ apiVersion: 'soakgate/v1', kind: 'Evidence', tool: { name: 'soakgate', version: '0.0.0' } },
    policy: { name: policy.name, digest: policy.digest },
    subject: { commit },
    collectedAt: stamp(now),
    evidence: evidence.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
