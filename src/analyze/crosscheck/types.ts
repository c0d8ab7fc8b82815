import { isObject } from '../../model/json.ts';
import { lookUpPath, type PathType } from '../../model/paths.ts';
import type { Scalar } from '../../model/policy.ts';
import { readTyped, typeWords } from '../../parse/typed.ts';
import { didYouMean } from '../../parse/yaml/problem.ts';
import { nearest } from '../../model/nearest.ts';
import { type Ground, hintFor } from './ground.ts';

export type ValuePath = Extract<PathType, { is: 'value' }>;

/** The type of an evidence path; a problem and undefined if nothing declares it. */
export function typeOfPath(
  ground: Ground,
  path: string,
  at: { pointer: string; atKey?: boolean },
): PathType | undefined {
  const found = lookUpPath(ground.policy.evidence, path);
  if (found.found) return found.type;
  const id = path.split('.', 1)[0] ?? path;
  if (found.missing === 'evidence') {
    const message = `\`${path}\` reads \`${id}\`, which no evidence is named`;
    ground.report({
      code: 'policy/unknown-evidence',
      message,
      ...at,
      hint: hintFor(id, found.candidates, 'declare it under `evidence:`'),
    });
  } else {
    const kind = ground.policy.evidence[id]?.kind ?? 'env';
    const message = `\`${path}\` is no path of \`${id}\`, which is of kind \`${kind}\``;
    ground.report({
      code: 'policy/unknown-path',
      message,
      ...at,
      hint: hintFor(path, found.candidates, `\`${kind}\` evidence has no paths`),
    });
  }
  return undefined;
}

/** What is wrong with a literal where a value of this type is compared; undefined if it fits. */
export function literalTrouble(
  literal: Scalar,
  type: ValuePath,
): { message: string; hint?: string } | undefined {
  const text = String(literal);
  const typed = type.type === 'number' || type.type === 'boolean' ? type.type : 'string';
  if (typeof literal !== typed) {
    const hint = typed === 'string' ? `write \`'${text}'\`` : undefined;
    const message = `\`${text}\` is a ${typeof literal}, but the value is ${article(type.type)}`;
    return hint === undefined ? { message } : { message, hint };
  }
  if (type.oneOf && !type.oneOf.includes(text)) {
    const message = `\`${text}\` is never the value: it is one of ${type.oneOf.map((word) => `\`${word}\``).join(', ')}`;
    const hint = didYouMean(nearest(text, type.oneOf));
    return hint === undefined ? { message } : { message, hint };
  }
  if (typed === 'string' && readTyped(text, { type: type.type }) === undefined) {
    return { message: `\`${text}\` is not ${typeWords({ type: type.type })}` };
  }
  return undefined;
}

function article(type: string): string {
  return `of type \`${type}\``;
}

export function isScalar(value: unknown): value is Scalar {
  return (
    !isObject(value) && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
  );
}
