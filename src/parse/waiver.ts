import type { Waiver as WaiverDocument } from '../generated/waiver.schema.d.ts';
import { validateWaiver } from '../generated/waiver.validator.js';
import { compareProblems, ok, type Result } from '../model/problem.ts';
import { translateErrors } from './policy/translate.ts';
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
  if (validateWaiver(source.value))
    return ok({ document: source.value as unknown as WaiverDocument, source });
  const errors = validateWaiver.errors ?? [];
  return { ok: false, problems: [...translateErrors(errors, source, 'waiver')].sort(compareProblems) };
}
