import type { Waiver as WaiverDocument } from '../generated/waiver.schema.d.ts';
import { compareProblems, ok, type Result } from '../model/problem.ts';
import { waiverRefusals } from './policy/refusal.ts';
import { loadYaml, type YamlSource } from './yaml/load.ts';

export type { Waiver as WaiverDocument } from '../generated/waiver.schema.d.ts';

/** A waiver of the right form, as it is written, and the file it came from. */
export interface ParsedWaiver {
  document: WaiverDocument;
  source: YamlSource;
}

/** Reads a waiver file: strict YAML and the schema. What it says is judged by `loadWaivers` of src/analyze. */
export function parseWaiverForm(text: string, path: string): Result<ParsedWaiver> {
  const loaded = loadYaml(text, path);
  if (!loaded.ok) return loaded;
  const source = loaded.value;
  const refused = waiverRefusals(source);
  if (refused) return { ok: false, problems: [...refused].sort(compareProblems) };
  return ok({ document: source.value as unknown as WaiverDocument, source });
}
