// A history in OpenMetrics text, as `promtool tsdb create-blocks-from openmetrics` reads it: one scrape a minute.
import { buckets, minute } from './signals.mjs';

/** Lines of the text, family by family. */
export function* openMetrics(signals, { from, to }) {
  yield '# TYPE up gauge';
  for (const job of ['backend', 'agent']) {
    for (let at = from; at <= to; at += minute) yield sample('up', { job }, 1, at);
  }
  const families = Map.groupBy === undefined ? grouped(signals) : Map.groupBy(signals, ({ name }) => name);
  for (const [name, members] of families) {
    yield `# TYPE ${name} ${members[0].type}`;
    for (const signal of members) yield* linesOf(signal, { from, to });
  }
  yield '# EOF';
}

function grouped(signals) {
  const families = new Map();
  for (const signal of signals) families.set(signal.name, [...(families.get(signal.name) ?? []), signal]);
  return families;
}

function* linesOf({ type, name, labels, counts, seconds }, { from, to }) {
  const series =
    type === 'counter'
      ? [{ name: `${name}_total`, labels, grows: counts }]
      : [
          ...buckets.map((most) => ({
            name: `${name}_bucket`,
            labels: { le: Number.isFinite(most) ? most.toFixed(1) : '+Inf' },
            grows: (at) => (seconds(at) <= most ? counts(at) : 0),
          })),
          { name: `${name}_count`, labels, grows: counts },
          { name: `${name}_sum`, labels, grows: (at) => counts(at) * seconds(at) },
        ];
  for (const { name: full, labels: own, grows } of series) {
    let value = 0;
    for (let at = from; at <= to; at += minute) {
      value += grows(at);
      // What never happened has no series; what happened once starts at the scrape before.
      if (value > 0 || grows(at + minute) > 0) yield sample(full, own, Number(value.toFixed(6)), at);
    }
  }
}

function sample(name, labels, value, at) {
  const inside = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
  return `${name}${inside.length > 0 ? `{${inside.join(',')}}` : ''} ${value} ${at / 1000}`;
}
