import { formatDuration } from '../../model/instant.ts';
import { pointTo } from '../../model/pointer.ts';
import type { LogRef, LogSpec, QuietCheck, SoakCheck, StreakCheck } from '../../model/policy.ts';
import { findLog, type Ground, hintFor } from './ground.ts';
import { checkRowLogic } from './logic.ts';
import { checkPinColumns } from './pins.ts';

type Log = { id: string; spec: LogSpec };

/** The log that a check names, and its view. */
function resolve(ground: Ground, ref: LogRef, pointer: string): Log | undefined {
  const spec = findLog(ground, ref.log, pointer);
  if (!spec) return undefined;
  if (ref.view !== undefined && !Object.hasOwn(spec.views, ref.view)) {
    const message = `log \`${ref.log}\` has no view \`${ref.view}\``;
    ground.report({
      code: 'policy/unknown-view',
      message,
      pointer,
      hint: hintFor(ref.view, Object.keys(spec.views), 'declare it under `views:`'),
    });
  }
  return { id: ref.log, spec };
}

export function checkStreak(ground: Ground, streak: StreakCheck, pointer: string): void {
  const log = resolve(ground, streak.of, `${pointer}/of`);
  const bad = (key: string, message: string, hint?: string) =>
    ground.report({ code: 'policy/bad-value', message, pointer: pointTo(pointer, key), hint });
  if (streak.per === 'record') {
    if (streak.maxGap === undefined) {
      const hint = 'add `maxGap:`, such as `26h`';
      ground.report({
        code: 'policy/missing-key',
        message: 'key `maxGap` is missing: a streak of records needs it',
        pointer,
        atKey: true,
        hint,
      });
    } else if (streak.minGap !== undefined && streak.minGap > streak.maxGap)
      bad('minGap', '`minGap` is greater than `maxGap`');
  } else {
    for (const key of ['minGap', 'maxGap'] as const) {
      if (streak[key] !== undefined) bad(key, `\`${key}\` is for \`per: record\``, 'leave it out');
    }
  }
  if (log && streak.per !== 'day' && streak.per !== 'week') refuseDates(ground, log, `${pointer}/per`);
  if (log) checkPredicates(ground, streak, { log, pointer, keys: ['where', 'good'] });
  checkPinColumns(ground, streak, { log, pointer });
}

export function checkSoak(ground: Ground, soak: SoakCheck, pointer: string): void {
  const log = resolve(ground, soak.of, `${pointer}/of`);
  if (soak.of.view === undefined && soak.where === undefined) {
    const message = 'the soak says not which rows observe';
    ground.report({
      code: 'policy/missing-key',
      message,
      pointer,
      atKey: true,
      hint: `read a view (\`of: ${soak.of.log}.VIEW\`) or add \`where:\``,
    });
  }
  if (log) {
    refuseDates(ground, log, `${pointer}/of`);
    checkPredicates(ground, soak, { log, pointer, keys: ['where', 'breach'] });
  }
  checkPinColumns(ground, soak, { log, pointer });
}

export function checkQuiet(ground: Ground, quiet: QuietCheck, pointer: string): void {
  const log = resolve(ground, quiet.of, `${pointer}/of`);
  const heartbeat = resolve(ground, quiet.heartbeat, `${pointer}/heartbeat`);
  if (log) {
    refuseDates(ground, log, `${pointer}/of`);
    checkPredicates(ground, quiet, { log, pointer, keys: ['incident'] });
  }
  if (heartbeat && heartbeat.id !== log?.id) refuseDates(ground, heartbeat, `${pointer}/heartbeat`);
  if (
    quiet.incident === undefined &&
    quiet.heartbeat.log === quiet.of.log &&
    quiet.heartbeat.view === quiet.of.view
  ) {
    const message = 'every row is an incident and a heartbeat at once, so the rule can never pass';
    ground.report({
      code: 'policy/never-passes',
      message,
      pointer: `${pointer}/heartbeat`,
      hint: 'name another log, or add `incident:`',
    });
  }
  if (quiet.maxGap > quiet.within) {
    const message = `\`maxGap\` (${formatDuration(quiet.maxGap)}) is greater than \`within\` (${formatDuration(quiet.within)}), so no heartbeat would be needed`;
    ground.report({ code: 'policy/bad-value', message, pointer: `${pointer}/maxGap` });
  }
}

function refuseDates(ground: Ground, log: Log, pointer: string): void {
  if (log.spec.time.kind !== 'date') return;
  const message = `log \`${log.id}\` holds dates without a time, which serve days and weeks alone`;
  ground.report({
    code: 'policy/wrong-kind',
    message,
    pointer,
    hint: 'count days or weeks, or read a log with times',
  });
}

type Predicates = { readonly [key in 'where' | 'good' | 'breach' | 'incident']?: StreakCheck['where'] };

function checkPredicates(
  ground: Ground,
  check: Predicates,
  at: { log: Log; pointer: string; keys: readonly (keyof Predicates)[] },
): void {
  for (const key of at.keys) {
    const logic = check[key];
    if (logic !== undefined) checkRowLogic(ground, { logic, pointer: pointTo(at.pointer, key) }, at.log);
  }
}
