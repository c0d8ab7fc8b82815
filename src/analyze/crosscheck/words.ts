import { pointTo } from '../../model/pointer.ts';
import type { ColumnSpec } from '../../model/policy.ts';
import { readTyped, typeWords } from '../../parse/typed.ts';
import type { Ground } from './ground.ts';

/** Each word of `oneOf` fits the type. */
export function checkWords(ground: Ground, spec: ColumnSpec, pointer: string): void {
  const key = ground.source.sourceOf(pointTo(pointer, 'oneOf', 0)) === undefined ? 'enum' : 'oneOf';
  spec.oneOf?.forEach((word, index) => {
    if (readTyped(word, { type: spec.type }) !== undefined) return;
    const message = `\`${word}\` is not ${typeWords({ type: spec.type })}`;
    ground.report({ code: 'policy/ill-typed', message, pointer: pointTo(pointer, key, index) });
  });
}
