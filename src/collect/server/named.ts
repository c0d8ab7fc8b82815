import type { Named } from '../../model/policy.ts';
import { type CollectContext, type Unseen, unseen } from '../collector.ts';

export type Read = { ok: true; value: string } | Unseen;

/** The value, with blanks at both ends left out: files that fill variables end in a line break. */
export function valueOf(named: Named, context: CollectContext): Read {
  if (named.is === 'text') return { ok: true, value: named.text };
  const value = context.variables.get(named.name)?.value.trim() ?? '';
  if (value !== '') return { ok: true, value };
  return unseen('server.unset', `\`${named.name}\` is not set`);
}
