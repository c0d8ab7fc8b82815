import { loadPolicy } from '../analyze/load.ts';
import { sha256 } from '../collect/digest.ts';
import { writeCached } from '../files/cacheWrite.ts';
import { decodeText } from '../files/text.ts';
import type { Policy } from '../model/policy.ts';
import { ok, problems, type Result } from '../model/problem.ts';
import { writeExact } from '../parse/exactJson.ts';
import type { YamlSource } from '../parse/yaml/load.ts';
import { entryHead, entryName, type PolicyBytes, type PolicyCache } from './policyCache.ts';

/** A policy with the text that it was read from. */
export interface FreshPolicy {
  policy: Policy;
  text: string;
  /** Where things stand in the text. */
  source: YamlSource;
}

/** Reads a policy from its bytes, with everything that is wrong with it. */
export function readPolicy({ bytes, path, inputs }: PolicyBytes): Result<FreshPolicy> {
  const text = decodeText(bytes);
  if (text === undefined)
    return problems({
      code: 'yaml/encoding',
      message: 'the file is not UTF-8 text',
      at: { path, line: 1, column: 1 },
      hint: 'save it as UTF-8',
    });
  const loaded = loadPolicy(text, { path, digest: () => sha256(bytes), inputs });
  return loaded.ok ? ok({ ...loaded.value, text }) : loaded;
}

/** Keeps a policy in which nothing was found wrong for runs that read the same bytes. */
export function keepPolicy(policy: Policy, source: PolicyBytes, cache: PolicyCache): void {
  writeCached(cache.place, entryName(source), () => {
    const text = writeExact(policy);
    return text === undefined ? undefined : Buffer.concat([entryHead(source, cache), Buffer.from(text)]);
  });
}
