import { validateEvidence } from '../generated/evidence.validator.js';
import type { EvidenceFile, EvidenceFileItem } from '../model/evidence.ts';
import { parseInstant } from '../model/instant.ts';
import { reasons } from '../model/reasons.ts';
import { parseJson } from './json.ts';
import { misfit } from './misfit.ts';

/** Reads an evidence file. What it says is not believed yet: see `chooseImport` of src/collect. */
export function parseEvidenceFile(text: string): { value: EvidenceFile } | { message: string } {
  const json = parseJson(text);
  if (!json.ok) return { message: `line ${json.line}: ${json.message}` };
  if (!validateEvidence(json.value)) return { message: misfit(validateEvidence.errors ?? []) };
  const file = json.value as unknown as EvidenceFile;
  const times = [file.collectedAt, ...file.evidence.map(({ collectedAt }) => collectedAt)];
  if (times.some((time) => parseInstant(time) === undefined))
    return { message: 'a time in it cannot be read' };
  const twice = file.evidence.find(
    ({ id }, index) => file.evidence.findIndex((one) => one.id === id) < index,
  );
  if (twice) return { message: `it holds \`${twice.id}\` twice` };
  const code = file.evidence.flatMap(codesOf).find((one) => !Object.hasOwn(reasons, one));
  if (code === undefined) return { value: file };
  return { message: `this version does not know the reason code \`${code}\`` };
}

/** The schema leaves the list of codes open, since later versions add to it; what it names is judged by them. */
function codesOf(item: EvidenceFileItem): readonly string[] {
  const codes: string[] = item.findings.map(({ code }) => code);
  if (item.status === 'absent') return [...codes, item.code];
  const tests = item.content.type === 'command' ? item.content.tests : undefined;
  return tests !== undefined && 'missing' in tests ? [...codes, tests.missing] : codes;
}
