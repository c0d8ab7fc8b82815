import { isObject, type Json } from '../model/json.ts';
import { pointerSteps } from '../model/pointer.ts';

/** The value that a JSON Pointer (RFC 6901) leads to, if there is one. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const step of pointerSteps(pointer)) {
    if (isList(at)) at = /^(?:0|[1-9]\d{0,9})$/.test(step) ? at[Number(step)] : undefined;
    else at = isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
