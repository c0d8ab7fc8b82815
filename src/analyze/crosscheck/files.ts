import { pointTo } from '../../model/pointer.ts';
import type { FileSpec } from '../../model/policy.ts';
import { captureGroups, patternTrouble } from '../../parse/policy/pattern.ts';
import type { Ground } from './ground.ts';
import { checkPath } from './paths.ts';
import { checkWords } from './words.ts';

export function checkFile(ground: Ground, spec: FileSpec, pointer: string): void {
  checkPath(ground, spec.path, { pointer: `${pointer}/path`, dated: false });
  checkWords(ground, spec, pointer);
  const wanted = spec.format === 'text' ? 'pattern' : 'pointer';
  const other = spec.format === 'text' ? 'pointer' : 'pattern';
  if (spec[other] !== undefined) {
    const message = `\`${other}\` is not for files of format \`${spec.format}\``;
    ground.report({
      code: 'policy/bad-value',
      message,
      pointer: pointTo(pointer, other),
      atKey: true,
      hint: `use \`${wanted}\``,
    });
  }
  if (spec[wanted] === undefined) {
    const message = `key \`${wanted}\` is missing: it says which value of the file is meant`;
    ground.report({ code: 'policy/missing-key', message, pointer, atKey: true });
    return;
  }
  if (spec.format === 'text') checkCapture(ground, spec.pattern ?? '', `${pointer}/pattern`);
}

function checkCapture(ground: Ground, pattern: string, pointer: string): void {
  const trouble = patternTrouble(pattern);
  const groups = captureGroups(pattern);
  if (trouble !== undefined) {
    ground.report({ code: 'policy/bad-value', message: `the pattern ${trouble}`, pointer });
    return;
  }
  if (groups === 1) return;
  const message = `the pattern has ${groups === 0 ? 'no capture' : `${groups} captures`}, exactly one is due`;
  ground.report({
    code: 'policy/bad-value',
    message,
    pointer,
    hint: 'put the value in ( ), and other groups in (?: )',
  });
}
