import type { Checked } from '../gate/check.ts';
import { type Retreat, retreatFrom, vainRetreats } from '../gate/retreat.ts';
import type { TransitionAnswer } from '../gate/transition.ts';
import { type WatchRequest, watch } from '../gate/watch.ts';
import { exitCodeOf, worstExit } from '../model/exit.ts';
import { type Duration, minute, parseDuration } from '../model/instant.ts';
import type { TransitionReport } from '../model/transition.ts';
import { type Problem, problems, type Result } from '../model/problem.ts';
import { plain } from '../report/escape.ts';
import { type Format, formats, render } from '../report/index.ts';
import { type Answer, type Command, type Given, type Session, valueOf } from './command.ts';
import { readGates } from './check.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';
import { styleOf } from './style.ts';
import { onWindows, readTransitionOptions } from './transition-options.ts';
import { openWatchView, type WatchView } from './watchView.ts';
import { writeError } from './write.ts';

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
    {
      flags: '--on-fail <action>',
      text: 'rollback: when a monitor fails, go back to the phase before and end',
    },
    { flags: '--write-env <file>', text: 'with --on-fail: set the flags of that phase in this env file' },
    // Looking back there is nothing to wait for.
    ...evidenceOptions.filter(({ flags }) => !flags.startsWith('--at ')),
  ],
  formats: formats as readonly [Format, ...Format[]],
  examples: [
    ['soakgate watch', 'until Ctrl-C, on every change of a file and once a minute'],
    ['soakgate watch --until no-go --timeout 2h --gate monitors', 'stand guard over a step'],
    [
      'soakgate watch --on-fail rollback --write-env deploy/production.env',
      'go back by itself when a monitor fails',
    ],
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
  const onFail = readOnFail(given, session, gates.value);
  if (!onFail.ok) return refused(onFail.problems);
  const request = { ...options.value, ...asked, ...pace.value };
  const view = openWatchView(given, session);
  const act = onFail.value ? { act: lookout(view) } : {};
  const answered = await show(view, session, { ...request, ...act });
  if (!answered.ok) return refused(answered.problems);
  const retreat = onFail.value ? retreatFrom(answered.value) : undefined;
  if (!retreat || session.signal.aborted) return lastAnswer(answered.value);
  const back = await goBack(retreat, { given, session, request });
  // What was to be written is not, whatever the reason.
  if (back.how !== 'told') return { kind: 'problems', problems: back.problems, code: 4 };
  return lastAnswer(answered.value, back.report);
}

/** Ends the watch where a step back is called for and can be taken; where it cannot, that is said once. */
function lookout(view: WatchView): (checked: readonly Checked[]) => Promise<boolean> {
  const said = new Set<string>();
  return (checked) => {
    const found = retreatFrom(checked) !== undefined;
    for (const text of found ? [] : vainRetreats(checked)) {
      if (!said.has(text)) view.say(`soakgate: ${plain(text)}\n`);
      said.add(text);
    }
    return Promise.resolve(found);
  };
}

async function show(view: WatchView, session: Session, request: WatchRequest): ReturnType<typeof watch> {
  try {
    return await watch(request, {
      wait: (duration) => pause(duration, session.signal),
      onRound: view.onRound,
    });
  } finally {
    view.stop();
  }
}

/** Whether a failing monitor is answered with a rollback. */
function readOnFail(given: Given, session: Session, gates: readonly string[]): Result<boolean> {
  const action = valueOf(given, 'on-fail');
  if (action === undefined && valueOf(given, 'write-env') !== undefined)
    return problems({
      code: 'usage/write-env-alone',
      message: '`--write-env` is for the flags of a rollback, and none was asked for',
      hint: 'add `--on-fail rollback`',
    });
  if (action !== undefined && action !== 'rollback')
    return problems({
      code: 'usage/unknown-action',
      message: `\`--on-fail ${action}\` is nothing that watch can do`,
      hint: 'write `--on-fail rollback`',
    });
  const named = gates.find((gate) => gate.startsWith('monitors:'));
  if (action !== undefined && named !== undefined)
    return problems({
      code: 'transition/other-monitors',
      message: `\`--gate ${named}\` may be of another phase than the one that \`--on-fail rollback\` leaves`,
      hint: 'write `--gate monitors`: those of the phase in force are among them',
    });
  if (action !== undefined && session.platform === 'win32') return problems(onWindows('--on-fail rollback'));
  return { ok: true, value: action !== undefined };
}

/** Goes back, and says so beside the verdict that called for it. */
async function goBack(
  { to, reason, policy }: Retreat,
  { given, session, request }: { given: Given; session: Session; request: WatchRequest },
): Promise<TransitionAnswer> {
  const { rollback } = await import('../gate/rollback.ts');
  const { transitionText } = await import('../report/transition.ts');
  const options = { ...readTransitionOptions(given), dryRun: false };
  const answer = await rollback({
    ...request,
    ...options,
    to,
    reason: `watch: ${reason}`,
    policyPaths: [policy],
  });
  if (answer.how === 'told') writeError(await transitionText(answer.report, styleOf(2, given, session)));
  return answer;
}

function refused(found: readonly Problem[]): Answer {
  return { kind: 'problems', problems: found };
}

function lastAnswer(checked: readonly Checked[], transition?: TransitionReport): Answer {
  const verdicts = checked.map(({ verdict }) => verdict);
  return {
    kind: 'result',
    code: worstExit(verdicts.map(exitCodeOf)),
    draw: async (format, style) =>
      format === 'github'
        ? (await import('./github.ts')).annotations(verdicts, transition)
        : render(format as Format, verdicts, style),
    verdicts,
    ...(transition === undefined ? {} : { transition }),
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
