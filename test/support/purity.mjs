// One process of the purity test: judges one workspace under every zone of `ZONES`, each time with the keys and items
// of its evidence in another order, and prints the distinct hashes. The locale is what the process was started with.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { LIBRARY, ROOT, POLICY, NOW, ZONES, SHUFFLES } = process.env;
const now = Date.parse(NOW);
Date.now = () => now;

const { collectEvidence, evaluate, parsePolicy, render } = await import(pathToFileURL(LIBRARY).href);

let state = 20260224;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const shuffle = (items) =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** Tables keep their methods; all else is written again with its keys in another order. */
function shuffled(value) {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object' || typeof value.pattern === 'function') return value;
  return Object.fromEntries(shuffle(Object.entries(value)).map(([key, item]) => [key, shuffled(item)]));
}

const hashes = new Set();
const offsets = new Set();
let runs = 0;
for (const zone of ZONES.split(',')) {
  process.env.TZ = zone;
  offsets.add(new Date(now).getTimezoneOffset());
  const policy = parsePolicy(readFileSync(join(ROOT, POLICY), 'utf8'), { path: POLICY });
  if (!policy.ok) throw new Error(JSON.stringify(policy.problems));
  const collected = await collectEvidence(policy.value, { root: ROOT, env: {} });
  if (!collected.ok) throw new Error(JSON.stringify(collected.problems));
  for (let nth = 0; nth < Number(SHUFFLES); nth++) {
    const { subject } = collected.value;
    const evidence = shuffle(collected.value.evidence).map(shuffled);
    const verdict = evaluate({ policy: policy.value, evidence, subject, now, gates: ['all'] });
    if (!verdict.ok) throw new Error(JSON.stringify(verdict.problems));
    const texts = await Promise.all(
      ['json', 'pretty', 'markdown'].map((format) => render(format, [verdict.value])),
    );
    const text = [JSON.stringify(verdict.value), ...texts].join('\n');
    hashes.add(createHash('sha256').update(text).digest('hex'));
    runs += 1;
  }
}
const locale = new Intl.NumberFormat().resolvedOptions().locale;
console.log(JSON.stringify({ hashes: [...hashes], offsets: offsets.size, locale, runs }));
