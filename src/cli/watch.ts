import type { Checked } from '../gate/check.ts';
import { type WatchWorld, watch } from '../gate/watch.ts';
import { exitCodeOf, worstExit } from '../model/exit.ts';
import { type Duration, minute, parseDuration } from '../model/instant.ts';
import { type Problem, problems, type Result } from '../model/problem.ts';
import { type Format, formats, render } from '../report/index.ts';
import { type Answer, type Command, type Given, type Session, valueOf } from './command.ts';
import { readGates } from './check.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';
import { openWatchView } from './watchView.ts';

/** One minute: the resolution at which most monitors scrape. */
const usualInterval = minute;

export const watchCommand: Command = {
  name: 'watch',
  summary: 'Judges again and again, and shows what changes. The exit code is the last decision.',
  operands: '[POLICY...]',
  most: Number.POSITIVE_INFINITY,
  options: [
    {
      flags: '--gate <names>',
      text: 'gates that decide, as for check (default: preflight,monitors)',
      repeat: true,
    },
    { flags: '--interval <duration>', text: 'from one evaluation to the next (default: 1m)' },
    { flags: '--until <decision>', text: 'end once every policy says go, or no-go' },
    { flags: '--timeout <duration>', text: 'end after this long with the decision as it is then' },
    // Looking back there is nothing to wait for.
    ...evidenceOptions.filter(({ flags }) => !flags.startsWith('--at ')),
  ],
  formats: formats as readonly [Format, ...Format[]],
  examples: [
    ['soakgate watch', 'until Ctrl-C, on every change of a file and once a minute'],
    ['soakgate watch --until no-go --timeout 2h --gate monitors', 'stand guard over a step'],
    ['soakgate watch --until go --timeout 30m --format json', 'wait, then print the verdict'],
  ],
  run,
};

async function run(given: Given, session: Session): Promise<Answer> {
  const options = readEvidenceOptions(given, session);
  if (!options.ok) return refused(options.problems);
  const gates = readGates(given);
  if (!gates.ok) return refused(gates.problems);
  const pace = readPace(given);
  if (!pace.ok) return refused(pace.problems);
  const asked = gates.value.length === 0 ? {} : { gates: gates.value };
  const view = openWatchView(given, session);
  try {
    const world: WatchWorld = { wait: (duration) => pause(duration, session.signal), onRound: view.onRound };
    const answered = await watch({ ...options.value, ...asked, ...pace.value }, world);
    return answered.ok ? lastAnswer(answered.value) : refused(answered.problems);
  } finally {
    view.stop();
  }
}

function refused(found: readonly Problem[]): Answer {
  return { kind: 'problems', problems: found };
}

function lastAnswer(checked: readonly Checked[]): Answer {
  const verdicts = checked.map(({ verdict }) => verdict);
  return {
    kind: 'result',
    code: worstExit(verdicts.map(exitCodeOf)),
    draw: (format, style) => render(format as Format, verdicts, style),
  };
}

interface Pace {
  interval: Duration;
  timeout?: Duration;
  until?: 'go' | 'no-go';
}

function readPace(given: Given): Result<Pace> {
  const interval = readDuration(given, 'interval');
  if (!interval.ok) return interval;
  const timeout = readDuration(given, 'timeout');
  if (!timeout.ok) return timeout;
  const until = valueOf(given, 'until');
  if (until !== undefined && until !== 'go' && until !== 'no-go')
    return problems({
      code: 'usage/unknown-decision',
      message: `\`--until ${until}\` is no decision to wait for`,
      hint: 'write `--until go` or `--until no-go`',
    });
  return {
    ok: true,
    value: {
      interval: interval.value ?? usualInterval,
      ...(timeout.value === undefined ? {} : { timeout: timeout.value }),
      ...(until === undefined ? {} : { until }),
    },
  };
}

function readDuration(given: Given, name: string): Result<Duration | undefined> {
  const text = valueOf(given, name);
  if (text === undefined) return { ok: true, value: undefined };
  const duration = parseDuration(text);
  if (duration !== undefined) return { ok: true, value: duration };
  return problems({
    code: 'usage/bad-duration',
    message: `\`--${name} ${text}\` is no duration`,
    hint: 'write a whole number and a unit, such as `30s`, `5m` or `2h`',
  });
}

/** Ends early, and without an error, when the user wants the program to end. */
function pause(duration: Duration, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, duration);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
