import { isZone } from '../../model/calendar.ts';
import { nearest } from '../../model/nearest.ts';
import { didYouMean } from '../../parse/yaml/problem.ts';
import type { Ground } from './ground.ts';

const placeholders = ['yyyy', 'MM', 'dd'];

/** Checks a path of a file: relative, with `/`, inside the root; `dated` ones may hold `{yyyy}`, `{MM}`, `{dd}`. */
export function checkPath(ground: Ground, path: string, at: { pointer: string; dated: boolean }): void {
  const bad = (message: string, hint?: string) =>
    ground.report({ code: 'policy/bad-path', message: `\`${path}\` ${message}`, pointer: at.pointer, hint });
  const inside = 'write it relative to the root';
  if (path.includes('\\')) {
    bad('holds a backslash', 'write `/` between folders');
    return;
  }
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) {
    bad('is absolute', inside);
    return;
  }
  if (path.split('/').includes('..')) {
    bad('leads out of its folder', inside);
    return;
  }
  const found = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
  if (!at.dated) return;
  const unknown = found.find((name) => !placeholders.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, placeholders);
    const hint = near === undefined ? 'known: {yyyy}, {MM}, {dd}' : didYouMean(`{${near}}`);
    bad(`holds \`{${unknown}}\``, hint);
    return;
  }
  const needed = placeholders.findIndex((name) => !found.includes(name));
  if (needed >= 0 && new Set(found).size > needed)
    bad(`holds no \`{${placeholders[needed]}}\``, 'a date needs its greater parts');
}

export function checkZone(ground: Ground, zone: string, pointer: string): void {
  if (isZone(zone)) return;
  const hint = 'write an IANA name such as `UTC` or `Europe/Berlin`';
  ground.report({
    code: 'policy/unknown-zone',
    message: `\`${zone}\` is no time zone that is known here`,
    pointer,
    hint,
  });
}
