import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { formatInstant, hour, minute } from '../../src/model/instant.ts';
import { policyText } from './policies.ts';
import { flagText, rolloutIn, said, smokeText, start } from './steps.ts';

/** A rollout with as many phases as soaks, and one in which nothing is soaked at the end. Times in minutes since the start. */
interface Plan {
  soaks: readonly number[];
  maxGap: number;
  freeze: readonly [from: number, until: number] | undefined;
}

/** What a rollout is to somebody who reads nothing but the laws. */
interface Model extends Plan {
  now: number;
  flag: number;
  rows: { at: number; flag: number; pass: boolean }[];
  /** Rows of the transition log that count. */
  steps: { at: number; to: number; back: boolean }[];
  told: Told;
}

type Real = ReturnType<typeof rolloutIn>;
type Command = fc.AsyncCommand<Model, Real>;

/** What sequences did, so that a run in which nothing happens is seen. */
export interface Told {
  sequences: number;
  advanced: number;
  byFlags: number;
  rolledBack: number;
  refused: number;
  finished: number;
  forged: number;
}

export const nothingTold = (): Told => ({
  ...{ sequences: 0, advanced: 0, byFlags: 0, rolledBack: 0, refused: 0, finished: 0, forged: 0 },
});

const names = ['a', 'b', 'c', 'd'];

function policyOf({ soaks, maxGap, freeze }: Plan): string {
  const time = (at: number) => `'${formatInstant(start + at * minute)}'`;
  const soak = (phase: number, length: number) =>
    `soak: { of: smoke.strict, phase: ${names[phase]}, for: ${length}m, maxGap: ${maxGap}m, breach: { '==': [{ var: Checks }, fail] } }`;
  const entered = soaks.slice(0, -1).map(
    (length, index) => `  - id: ${names[index + 1]}
    pins: { flags.MODE: ${names[index + 1]} }
    entry: [{ id: soak-${index}, title: Soaked, ${soak(index, length)} }]
`,
  );
  const frozen =
    freeze === undefined
      ? ''
      : `freeze: [{ from: ${time(freeze[0])}, until: ${time(freeze[1])}, reason: none }]\n`;
  return policyText(
    'model',
    `evidence:
  flags: { dotenv: { path: deploy.env, variables: { MODE: { oneOf: [${names.join(', ')}] } } } }
  smoke:
    log:
      path: docs/smoke.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { MODE: { enum: [${names.join(', ')}] }, Checks: { enum: [pass, fail] } }
      views: { strict: { in: [{ var: Checks }, [pass, fail]] } }
preflight: [{ id: flag-set, title: Set, expect: { flags.MODE: set } }]
phases:
  - { id: a, pins: { flags.MODE: a } }
${entered.join('')}exit: [{ id: soak-last, title: Soaked, ${soak(soaks.length - 1, soaks.at(-1) ?? 0)} }]
${frozen}transitions: { path: docs/transitions-2026.md }
`,
  );
}

const current = ({ steps }: Model): number => steps.at(-1)?.to ?? 0;

/** Whether the entry of the phase behind `from` was go at a moment, read as kindly as the laws allow. */
function wasGo(model: Model, from: number, at: number): boolean {
  const { rows, steps, maxGap, soaks, freeze } = model;
  if (freeze && freeze[0] <= at && at < freeze[1]) return false;
  const back = Math.max(-1, ...steps.filter((step) => step.back).map((step) => step.at));
  const seen = rows.filter((row) => row.at > back && row.at <= at);
  const run: typeof rows = [];
  for (const row of [...seen].reverse()) {
    const gap = (run.at(-1)?.at ?? at) - row.at;
    if (row.flag !== from || !row.pass || gap > maxGap) break;
    run.push(row);
  }
  const [newest, first] = [run[0], run.at(-1)];
  if (!newest || !first) return false;
  const entered = steps.findLast(({ to, at: time }) => to === from && time <= first.at)?.at;
  const begins = entered !== undefined && first.at - entered <= maxGap ? entered : first.at;
  return newest.at - begins >= (soaks[from] ?? Number.POSITIVE_INFINITY);
}

/** The moment at which the entry counts: with the new flags in force that of the first record that shows them. */
function momentOf(model: Model, to: number): number {
  if (model.flag !== to) return model.now;
  const newest = model.steps.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const first = model.rows.find((row) => row.flag === to && row.at > newest);
  return first === undefined ? model.now : first.at - 1;
}

const hours = (model: Model) => (model.now * minute) / hour;

function writeRows(model: Model, real: Real): void {
  real.smoke(
    ...model.rows.map(({ at, flag, pass }) => [at / 60, names[flag] ?? '', pass ? 'pass' : 'fail'] as const),
  );
}

/** INVARIANT: the phase in force is the one that the model has: nothing but a step that was go moved it. */
async function holdPhase(model: Model, real: Real): Promise<void> {
  const { phase } = await real.standing(hours(model));
  const inForce = phase?.road.findIndex(({ state }) => state === 'current') ?? -1;
  const standing = inForce < 0 ? model.soaks.length : inForce;
  if (standing !== current(model))
    throw new Error(`the log has phase ${standing} in force, the model ${current(model)}`);
}

const command = (name: string, run: Command['run']): Command => ({
  check: () => true,
  run: async (model, real) => {
    model.now += 1;
    await run(model, real);
  },
  toString: () => name,
});

const record = (after: number, pass: boolean): Command =>
  command(`record ${pass ? 'pass' : 'fail'} after ${after}`, (model, real) => {
    model.now += after;
    model.rows.push({ at: model.now, flag: model.flag, pass });
    writeRows(model, real);
    return Promise.resolve();
  });

const setFlag = (offset: number): Command =>
  command(`flag ${offset}`, (model, real) => {
    model.flag = Math.min(model.soaks.length - 1, Math.max(0, current(model) + offset));
    real.setFlag(names[model.flag] ?? '');
    return Promise.resolve();
  });

const advance = (offset: number, write: boolean): Command =>
  command(`advance ${offset}${write ? ' --write-env' : ''}`, async (model, real) => {
    const [from, last] = [current(model), model.soaks.length];
    const to = Math.min(last, Math.max(0, from + offset));
    const more = write && to < last ? { writeEnv: 'deploy.env' } : {};
    const word = said(await real.advance(to === last ? 'done' : (names[to] ?? ''), hours(model), more));
    const isFlagOf = model.flag === to ? to : from;
    if (word === 'recorded') {
      if (to !== from + 1 || model.flag !== isFlagOf) throw new Error(`a step from ${from} to ${to}`);
      if (!wasGo(model, from, momentOf(model, to)))
        throw new Error(`phase ${to} was entered at ${model.now}, and its entry was not go`);
      if (model.flag === to && from !== to) model.told.byFlags++;
      model.steps.push({ at: model.now, to, back: false });
      model.told[to === last ? 'finished' : 'advanced']++;
    } else if (word === 'finished') {
      // The step was taken before, and is taken up again: as it is now it is still go.
      if (to !== from || !wasGo(model, to - 1, model.now))
        throw new Error(`phase ${to} was finished without a go`);
    } else model.told.refused++;
    if (more.writeEnv !== undefined && /^(?:recorded|finished)$/.test(word)) model.flag = to;
    await holdPhase(model, real);
  });

const rollback = (offset: number, write: boolean): Command =>
  command(`rollback ${offset}`, async (model, real) => {
    const from = current(model);
    const to = Math.max(0, from - offset);
    const word = said(
      await real.rollback(names[to] ?? '', hours(model), write ? { writeEnv: 'deploy.env' } : {}),
    );
    if (word !== 'recorded') {
      model.told.refused++;
      return;
    }
    model.steps.push({ at: model.now, to, back: true });
    if (write) model.flag = to;
    model.told.rolledBack++;
    await holdPhase(model, real);
  });

/** Somebody writes a row by hand, of a verdict that is not there. */
const forge = (): Command =>
  command('forge', async (model, real) => {
    const path = join(real.root, real.log);
    const to = current(model) + 1;
    if (!existsSync(path) || to >= model.soaks.length) return;
    const time = formatInstant(start + model.now * minute);
    const cells = [time, 'advance', names[to - 1], names[to], 'go', `sha256:${'0'.repeat(64)}`, ''];
    appendFileSync(path, `| ${cells.join(' | ')} |\n`);
    model.told.forged++;
    await holdPhase(model, real);
  });

const plan: fc.Arbitrary<Plan> = fc.record({
  soaks: fc.array(fc.integer({ min: 20, max: 80 }), { minLength: 2, maxLength: 4 }),
  maxGap: fc.integer({ min: 40, max: 120 }),
  freeze: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 4 },
    {
      arbitrary: fc
        .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 200 }))
        .map(([from, length]) => [from, from + length] as const),
      weight: 1,
    },
  ),
});

/** Three good records in a row: without them hardly any phase would ever be soaked. */
const soak = (gap: number): Command =>
  command(`soak ${gap}`, (model, real) => {
    for (let count = 0; count < 3; count++) {
      model.now += gap;
      model.rows.push({ at: model.now, flag: model.flag, pass: true });
    }
    writeRows(model, real);
    return Promise.resolve();
  });

const commands = fc.commands(
  [
    fc.integer({ min: 15, max: 40 }).map(soak),
    fc.integer({ min: 15, max: 40 }).map(soak),
    fc.integer({ min: 1, max: 45 }).map((after) => record(after, true)),
    fc.tuple(fc.integer({ min: 1, max: 120 }), fc.boolean()).map(([after, pass]) => record(after, pass)),
    fc.constantFrom(0, 1, 1, -1, 2).map(setFlag),
    fc.constantFrom(0, 1).map(setFlag),
    fc.constant(1).map((offset) => advance(offset, true)),
    fc.constant(1).map((offset) => advance(offset, true)),
    fc.constant(1).map((offset) => advance(offset, false)),
    fc.tuple(fc.integer({ min: -1, max: 3 }), fc.boolean()).map(([offset, write]) => advance(offset, write)),
    fc.tuple(fc.integer({ min: 1, max: 2 }), fc.boolean()).map(([offset, write]) => rollback(offset, write)),
    fc.constant(null).map(forge),
  ],
  { maxCommands: 25, size: 'max' },
);

/** Random policies, evidence, clocks and commands: no sequence reaches a phase whose gate did not go. */
export async function playSequences({ runs, seed }: { runs: number; seed: number }): Promise<Told> {
  const told = nothingTold();
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-steps-')));
  const property = fc.asyncProperty(plan, commands, async (made, list) => {
    const root = mkdtempSync(join(base, 'run-'));
    mkdirSync(join(root, 'docs'));
    writeFileSync(join(root, 'policy.yaml'), policyOf(made));
    writeFileSync(join(root, 'docs/smoke.md'), smokeText([]));
    writeFileSync(join(root, 'deploy.env'), flagText('a'));
    told.sequences++;
    const model: Model = { ...made, now: 0, flag: 0, rows: [], steps: [], told };
    await fc.asyncModelRun(() => ({ model, real: rolloutIn(root) }), list);
    rmSync(root, { recursive: true });
  });
  try {
    await fc.assert(property, { numRuns: runs, seed });
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
  return told;
}
