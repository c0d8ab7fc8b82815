import { type SchemaError, validateEvidence } from '../generated/evidence.validator.js';
import type { EvidenceFile, EvidenceFileItem } from '../model/evidence.ts';
import { parseInstant } from '../model/instant.ts';
import { pointerSteps } from '../model/pointer.ts';
import { reasons } from '../model/reasons.ts';
import { parseJson } from './json.ts';

/** Reads an evidence file. What it says is not believed yet: see `chooseImport` of src/collect. */
export function parseEvidenceFile(text: string): { value: EvidenceFile } | { message: string } {
  const json = parseJson(text);
  if (!json.ok) return { message: `line ${json.line}: ${json.message}` };
  if (!validateEvidence(json.value)) return { message: misfit(validateEvidence.errors ?? []) };
  const file = json.value as unknown as EvidenceFile;
  const times = [file.collectedAt, ...file.evidence.map(({ collectedAt }) => collectedAt)];
  if (times.some((time) => parseInstant(time) === undefined))
    return { message: 'a time in it cannot be read' };
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

/**
 * Place and nature of what does not fit. Where the schema offers several forms each has its objection; the one that
 * got deepest into the document is of the form that was meant.
 */
function misfit(errors: readonly SchemaError[]): string {
  const all = errors.filter(({ keyword }) => keyword !== 'oneOf' && keyword !== 'anyOf');
  const depth = Math.max(0, ...all.map(depthOf));
  const deepest = all.filter((error) => depthOf(error) === depth);
  const [first] = deepest;
  if (!first) return 'it is not as the schema demands';
  const natures = new Set(deepest.map(nature));
  const place = pointerSteps(first.instancePath).join('.');
  const what = natures.size === 1 ? nature(first) : 'has none of the forms that the schema allows';
  return `${place === '' ? 'the document' : `\`${short(place)}\``} ${what}`;
}

/** Names in such a file can be as long as the file. */
function short(name: string): string {
  return name.length <= 200 ? name : `${name.slice(0, 199)}…`;
}

function depthOf({ instancePath }: SchemaError): number {
  return pointerSteps(instancePath).length;
}

function nature({ keyword, params }: SchemaError): string {
  switch (keyword) {
    case 'required':
      return `lacks \`${String(params['missingProperty'])}\``;
    case 'additionalProperties':
      return `has an unknown key \`${short(String(params['additionalProperty']))}\``;
    case 'type':
      return `is not of type ${String(params['type'])}`;
    case 'const':
      return `is not \`${String(params['allowedValue'])}\``;
    default:
      return 'is not as the schema demands';
  }
}
