import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { operatorNames } from '../../src/logic/operators.ts';
import {
  describeFailure,
  emptyTally,
  medianDepth,
  runPairs,
  type Tally,
} from '../../test/logic/differential.ts';
import { ours } from '../../test/logic/ours.ts';

export const about =
  'rule and data pairs against json-logic-js and the table (10 million, or as many as the argument says)';

interface Share {
  tally: Tally;
  failure?: string;
}

interface Work {
  differential: true;
  seed: number;
  pairs: number;
}

const chunk = 100_000;
const workers = 2;

/** Both cores, each with seeds of its own; a chunk is one seed, so that a difference can be found again by its seed. */
export async function run({
  seed,
  args,
  say,
}: {
  seed: number;
  args: string[];
  say: (line: string) => void;
}) {
  const pairs = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 10_000_000);
  const chunks = Math.ceil(pairs / chunk);
  const total = emptyTally();
  const failures: string[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (next < chunks && failures.length === 0) {
        const mine = next++;
        const share = await runShare({
          differential: true,
          seed: seed + mine,
          pairs: Math.min(chunk, pairs - mine * chunk),
        });
        add(total, share.tally);
        if (share.failure !== undefined) failures.push(`seed ${seed + mine}: ${share.failure}`);
        if (total.pairs % (10 * chunk) === 0) say(`${total.pairs} pairs, ${failures.length} differences`);
      }
    }),
  );
  for (const failure of failures) say(failure);
  return { ok: failures.length === 0 && total.pairs === pairs, figures: figuresOf(total, failures.length) };
}

function figuresOf(total: Tally, differences: number): Record<string, string | number> {
  const percent = (count: number) => `${((100 * count) / total.pairs).toFixed(1)} %`;
  const operators = operatorNames.map((name) => `${name} ${percent(total.operators[name])}`);
  return {
    pairs: total.pairs,
    differences,
    'known answers': `${total.known} (${percent(total.known)})`,
    'known true': percent(total.knownTrue),
    'known false': percent(total.knownFalse),
    'well-typed on total data, always known': percent(total.typed),
    'median depth': medianDepth(total),
    'pairs with each operator': operators.join(', '),
  };
}

function add(total: Tally, part: Tally): void {
  for (const key of ['pairs', 'known', 'knownTrue', 'knownFalse', 'typed'] as const) total[key] += part[key];
  for (const name of operatorNames) total.operators[name] += part.operators[name];
  part.depths.forEach((count, depth) => (total.depths[depth] = (total.depths[depth] ?? 0) + count));
}

function runShare(work: Work): Promise<Share> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: work });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (!isMainThread && (workerData as Partial<Work> | null)?.differential) {
  const { seed, pairs } = workerData as Work;
  const tally = emptyTally();
  const failure = runPairs(ours, seed, pairs, tally);
  parentPort?.postMessage({
    tally,
    ...(failure ? { failure: describeFailure(failure) } : {}),
  } satisfies Share);
}
