import type { SchemaError } from '../generated/evidence.validator.js';
import { pointerSteps } from '../model/pointer.ts';

/**
 * Place and nature of what does not fit. Where the schema offers several forms each has its objection; the one that
 * got deepest into the document is of the form that was meant.
 */
export function misfit(errors: readonly SchemaError[]): string {
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
