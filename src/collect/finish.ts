import type { Evidence, EvidenceFile } from '../model/evidence.ts';
import type { Instant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { EvidenceSpec } from '../model/policy.ts';
import type { CollectContext } from './collector.ts';
import { redactJson } from './redact.ts';
import { asAbsent, refuseAge } from './settle.ts';

/** Judges the age, and lets an imported observation stand in where there is no live one. */
export async function finish(
  item: Evidence,
  spec: EvidenceSpec,
  {
    context,
    imports,
    instant,
  }: { context: CollectContext; imports: readonly EvidenceFile[]; instant: Instant },
): Promise<Evidence> {
  const stale = item.status === 'observed' ? refuseAge(item, spec, instant) : undefined;
  const live = item.status === 'observed' && stale ? asAbsent(item, stale) : item;
  if (live.status === 'observed' || imports.length === 0) return live;
  const { chooseImport } = await import('./importEvidence.ts');
  const chosen = chooseImport(item.id, spec, {
    policy: context.policy,
    git: context.git,
    instant,
    lookingBack: context.at !== undefined,
    redactor: context.redactor,
    files: imports,
  });
  if (!chosen) return live;
  // Why what was brought does not count says more than that nothing was seen here.
  if (!chosen.ok) return { ...live, ...chosen.refusal };
  if (!context.hasSecrets) return chosen.item;
  // Redacted where it was collected; but who wrote the file is not known.
  const { content, source, findings } = chosen.item;
  const foreign = redactJson(context.redactor, { content, source, findings } as unknown as Json);
  return {
    ...chosen.item,
    ...(foreign as unknown as Pick<typeof chosen.item, 'content' | 'source' | 'findings'>),
  };
}
