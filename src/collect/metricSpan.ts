import type { Duration, Instant } from '../model/instant.ts';
import { spanNeeded } from '../model/span.ts';
import type { Span } from '../parse/samples/series.ts';
import { type CollectContext, type Unseen, unseen } from './collector.ts';

/** What a server hands out of one series at once; Prometheus refuses more. */
const mostSamples = 11_000;

/**
 * The span of samples that rules need, up to `to`. It begins at a whole multiple of the step, so that two looks at one
 * span see the same samples. Evidence that no rule reads is asked for one step.
 */
export function spanOf(
  id: string,
  { step, to }: { step: Duration; to: Instant },
  context: CollectContext,
): ({ ok: true } & Span) | Unseen {
  const span = Math.max(spanNeeded(context.policy, id), step);
  const from = Math.floor((to - span) / step) * step;
  if ((to - from) / step < mostSamples) return { ok: true, from, to };
  return unseen('samples.too-many', `the span that rules need holds more than 11,000 samples of \`${id}\``);
}
