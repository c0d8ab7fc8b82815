import { isObject } from '../../model/json.ts';
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

export function checkMetricsText(ground: Ground, settings: unknown, pointer: string): void {
  const { url, path } = (isObject(settings) ? settings : {}) as { url?: unknown; path?: unknown };
  if (typeof path === 'string') checkPath(ground, path, { pointer: `${pointer}/path`, dated: false });
  if ((url === undefined) !== (path === undefined)) return;
  const message = url === undefined ? 'the metrics come from nowhere' : 'the metrics come from two places';
  ground.report({ code: 'policy/one-key', message, pointer, atKey: true, hint: 'write `url:` or `path:`' });
}

/** `vector(0)` says zero where nobody measured (semantics section 6). */
export function checkQuery(ground: Ground, settings: unknown, pointer: string): void {
  const query = isObject(settings) ? settings['query'] : undefined;
  if (typeof query !== 'string' || !/\bvector\s*\(\s*0(?:\.0*)?\s*\)/.test(query)) return;
  const message = '`vector(0)` is zero also where nothing was measured';
  ground.report({
    code: 'policy/vector-zero',
    message,
    pointer,
    hint: 'prove zero by a live scrape: `… or 0 * sum(up{…} == 1)`',
  });
}
