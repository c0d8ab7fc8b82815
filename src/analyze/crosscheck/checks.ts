import { formatDuration } from '../../model/instant.ts';
import { pointTo } from '../../model/pointer.ts';
import type { Check, DocumentCheck, EvidenceSpec, MetricCheck } from '../../model/policy.ts';
import { checkExpect } from './expect.ts';
import { type Ground, hintFor } from './ground.ts';
import { checkLogic } from './logic.ts';
import { checkQuiet, checkSoak, checkStreak } from './windows.ts';

/** Checks one check against what the policy declares; `pointer` is to its holder, the rule or the part. */
export function checkCheck(ground: Ground, check: Check, at: { pointer: string; allowEmpty: boolean }): void {
  const pointer = pointTo(at.pointer, check.kind);
  switch (check.kind) {
    case 'expect': {
      checkExpect(ground, check.paths, pointer);
      return;
    }
    case 'assert': {
      checkLogic(ground, { logic: check.logic, pointer, allowEmpty: at.allowEmpty });
      return;
    }
    case 'passes': {
      findEvidence(ground, check.of, { pointer, kinds: runnable });
      return;
    }
    case 'streak': {
      checkStreak(ground, check, pointer);
      return;
    }
    case 'soak': {
      checkSoak(ground, check, pointer);
      return;
    }
    case 'quiet': {
      checkQuiet(ground, check, pointer);
      return;
    }
    case 'metric': {
      checkMetric(ground, check, pointer);
      return;
    }
    case 'document': {
      checkDocument(ground, check, pointer);
      return;
    }
    case 'all':
    case 'any': {
      check.checks.forEach((part, index) => {
        checkCheck(ground, part, { ...at, pointer: pointTo(pointer, index) });
      });
      return;
    }
    case 'not':
      if (reachesTime(check.check)) {
        const message = '`not` stands over streak, soak or quiet, whose failing proves nothing';
        ground.report({
          code: 'policy/not-over-time',
          message,
          pointer,
          atKey: true,
          hint: 'say what must hold instead',
        });
      }
      {
        checkCheck(ground, check.check, { ...at, pointer });
        return;
      }
  }
}

/** Whether a check over time lies anywhere in a check (semantics section 3). */
function reachesTime(check: Check): boolean {
  switch (check.kind) {
    case 'streak':
    case 'soak':
    case 'quiet':
      return true;
    case 'all':
    case 'any':
      return check.checks.some(reachesTime);
    case 'not':
      return reachesTime(check.check);
    case 'expect':
    case 'assert':
    case 'passes':
    case 'metric':
    case 'document':
      return false;
  }
}

const runnable: readonly string[] = ['command', 'junit', 'ctrf', 'sarif'];
const measured: readonly string[] = ['prometheus', 'http', 'metrics-text'];

/** Evidence of one of the kinds, or a problem. */
export function findEvidence(
  ground: Ground,
  id: string,
  at: { pointer: string; kinds: readonly string[] },
): EvidenceSpec | undefined {
  const { evidence } = ground.policy;
  const spec = Object.hasOwn(evidence, id) ? evidence[id] : undefined;
  if (spec && at.kinds.includes(spec.kind)) return spec;
  const fitting = Object.keys(evidence).filter((key) => at.kinds.includes(evidence[key]?.kind ?? ''));
  const due = at.kinds.map((kind) => `\`${kind}\``).join(', ');
  const hint = hintFor(id, fitting, `declare evidence of kind ${due}`);
  const message = spec
    ? `\`${id}\` is of kind \`${spec.kind}\`, one of ${due} is due`
    : `no evidence is named \`${id}\``;
  ground.report({
    code: spec ? 'policy/wrong-kind' : 'policy/unknown-evidence',
    message,
    pointer: at.pointer,
    hint,
  });
  return undefined;
}

function checkMetric(ground: Ground, metric: MetricCheck, pointer: string): void {
  const spec = findEvidence(ground, metric.of, { pointer: `${pointer}/of`, kinds: measured });
  const step = spec && 'step' in spec ? spec.step : undefined;
  const { value, is } = metric.bound;
  const spans: [string, number][] = [['within', metric.within]];
  if (typeof value !== 'number') {
    spans.push([`${is}/baseline`, value.baseline]);
    if (value.times <= 0)
      ground.report({
        code: 'policy/bad-value',
        message: '`times` must be greater than 0',
        pointer: `${pointer}/${is}/times`,
      });
  }
  for (const [key, span] of spans) {
    if (step === undefined || span >= step) continue;
    const message = `\`${key.split('/').at(-1)}\` (${formatDuration(span)}) is shorter than the step of \`${metric.of}\` (${formatDuration(step)}), so no sample need lie in it`;
    ground.report({
      code: 'policy/bad-value',
      message,
      pointer: `${pointer}/${key}`,
      hint: 'take a longer span',
    });
  }
  const { consecutiveSuccessLimit: successes, within } = metric;
  if (step === undefined || successes === undefined || successes <= Math.ceil(within / step)) return;
  ground.report({
    code: 'policy/never-passes',
    message: `${formatDuration(within)} hold ${Math.ceil(within / step)} samples of \`${metric.of}\`, so ${successes} in a row can never be there`,
    pointer: `${pointer}/consecutiveSuccessLimit`,
    hint: 'take a longer window, or fewer successes',
  });
}

function checkDocument(ground: Ground, check: DocumentCheck, pointer: string): void {
  findEvidence(ground, check.of, { pointer: `${pointer}/of`, kinds: ['document'] });
}
