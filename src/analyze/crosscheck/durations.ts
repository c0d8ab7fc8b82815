import { parseDuration } from '../../model/instant.ts';
import { isObject, type Json } from '../../model/json.ts';
import { pointTo } from '../../model/pointer.ts';
import type { Complaint } from '../../parse/yaml/problem.ts';

const keys: ReadonlySet<string> = new Set([
  ...['timeout', 'maxAge', 'within', 'for', 'maxGap', 'minGap', 'tolerance', 'step', 'baseline', 'deadline'],
]);

/** Durations that the schema's pattern lets through and that are longer than ten years. */
export function findLongDurations(value: Json, pointer = ''): readonly Complaint[] {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item, index) =>
      findLongDurations(item, pointTo(pointer, index)),
    );
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = pointTo(pointer, key);
    if (typeof item !== 'string') return findLongDurations(item, at);
    if (!keys.has(key) || !/^[1-9][0-9]*[smhdw]$/.test(item) || parseDuration(item) !== undefined) return [];
    return [
      {
        code: 'policy/bad-value',
        message: `\`${key}\` is \`${item}\`, which is longer than ten years`,
        pointer: at,
      },
    ];
  });
}
