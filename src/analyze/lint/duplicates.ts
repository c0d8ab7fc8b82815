import { canonicalJson } from '../../model/canonical.ts';
import type { Finding, Lint } from './lint.ts';
import { checkPointer, placedRules } from './rules.ts';

export const duplicateRule: Lint = {
  severity: 'warning',
  summary:
    'two rules of one gate have the same check under the same condition: one of them was meant to differ',
  fix: 'remove one, or write what it was meant to say',
  example: `preflight:
  - id: mode-set
    title: The mode is set
    expect: { flags.MODE: set }
  - id: branch-set
    title: The branch is known
    expect: { flags.MODE: set }
`,
  mended: `preflight:
  - id: mode-set
    title: The mode is set
    expect: { flags.MODE: set }
  - id: branch-set
    title: The branch is known
    expect: { repo.branch: set }
`,
  judge({ policy, lineOf }) {
    const seen = new Map<string, { id: string; pointer: string }>();
    return placedRules(policy).flatMap((placed): readonly Finding[] => {
      const { rule, gate, pointer } = placed;
      const key = `${gate} ${canonicalJson([rule.check, rule.when ?? null, rule.allowEmpty])}`;
      const first = seen.get(key);
      if (!first) {
        seen.set(key, { id: rule.id, pointer });
        return [];
      }
      const message = `\`${rule.id}\` checks the same as \`${first.id}\` in line ${lineOf(first.pointer)}`;
      return [{ message, pointer: checkPointer(placed), atKey: true }];
    });
  },
};
