import { columnType } from '../../model/paths.ts';
import { pointTo } from '../../model/pointer.ts';
import type { LogSpec, Phase, SoakCheck, StreakCheck } from '../../model/policy.ts';
import { type Ground, hintFor } from './ground.ts';
import { unknownColumn } from './logic.ts';
import { literalTrouble } from './types.ts';

interface Log {
  id: string;
  spec: LogSpec;
}

/** The column that holds a pin: as mapped, else the last segment of its path. */
export function pinColumn(columns: Readonly<Record<string, string>>, path: string): string {
  const mapped = Object.hasOwn(columns, path) ? columns[path] : undefined;
  return mapped ?? path.slice(path.lastIndexOf('.') + 1);
}

/** Each pin of the named phase (of all phases for `in-force`) has a column of a fitting type (semantics section 6). */
export function checkPinColumns(
  ground: Ground,
  check: StreakCheck | SoakCheck,
  at: { log: Log | undefined; pointer: string },
): void {
  const { phase, columns } = check;
  const pointer = `${at.pointer}/phase`;
  if (phase === undefined) {
    if (Object.keys(columns).length > 0) {
      ground.report({
        code: 'policy/bad-value',
        message: '`columns` is for checks that name a phase',
        pointer: `${at.pointer}/columns`,
        atKey: true,
      });
    }
    return;
  }
  const phases = namedPhases(ground, phase, { pointer, inForce: check.kind === 'streak' });
  const pins = phases.flatMap((item) => Object.entries(item.pins).map(([path, value]) => ({ path, value })));
  const pinned = new Set(pins.map((pin) => pin.path));
  for (const path of phases.length > 0 ? Object.keys(columns) : []) {
    if (pinned.has(path)) continue;
    const place = pointTo(at.pointer, 'columns', path);
    const hint = hintFor(path, [...pinned], 'pin it');
    ground.report({
      code: 'policy/unknown-pin',
      message: `no phase pins \`${path}\``,
      pointer: place,
      atKey: true,
      hint,
    });
  }
  if (!at.log) return;
  for (const pin of pins) checkPin(ground, pin, { log: at.log, pointer: at.pointer, columns });
}

function namedPhases(
  ground: Ground,
  phase: string,
  at: { pointer: string; inForce: boolean },
): readonly Phase[] {
  const phases = ground.policy.phases ?? [];
  if (phase === 'in-force' && at.inForce && phases.length > 0) return phases;
  const found = phases.filter((item) => item.id === phase);
  if (found.length > 0) return found;
  const known = [...phases.map((item) => item.id), ...(at.inForce && phases.length > 0 ? ['in-force'] : [])];
  const hint = hintFor(phase, known, 'declare it under `phases:`');
  ground.report({
    code: 'policy/unknown-phase',
    message: `no phase is named \`${phase}\``,
    pointer: at.pointer,
    hint,
  });
  return [];
}

function checkPin(
  ground: Ground,
  pin: { path: string; value: string | number | boolean },
  at: { log: Log; pointer: string; columns: Readonly<Record<string, string>> },
): void {
  const column = pinColumn(at.columns, pin.path);
  const mapped = Object.hasOwn(at.columns, pin.path);
  const type = columnType(at.log.spec, column, false);
  const pointer = mapped ? pointTo(at.pointer, 'columns', pin.path) : `${at.pointer}/phase`;
  if (!type) {
    if (mapped) {
      unknownColumn(ground, { column, log: at.log.id, spec: at.log.spec, pointer });
      return;
    }
    const message = `log \`${at.log.id}\` declares no column \`${column}\` for the pin \`${pin.path}\``;
    const hint = `declare the column, or name it: \`columns: { ${pin.path}: … }\``;
    ground.report({ code: 'policy/unknown-column', message, pointer, hint });
    return;
  }
  const trouble = type.is === 'value' ? literalTrouble(pin.value, type) : undefined;
  if (trouble)
    ground.report({
      code: 'policy/ill-typed',
      message: `column \`${column}\` for the pin \`${pin.path}\`: ${trouble.message}`,
      pointer,
      hint: trouble.hint,
    });
}
