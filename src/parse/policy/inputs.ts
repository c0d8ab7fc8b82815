import { formatDuration, parseDuration } from '../../model/instant.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { nearest } from '../../model/nearest.ts';
import { pointTo } from '../../model/pointer.ts';
import type { InputValue, Scalar } from '../../model/policy.ts';
import type { Problem } from '../../model/problem.ts';
import { mostProblems, type YamlSource } from '../yaml/load.ts';
import { type Complaint, didYouMean, problemIn } from '../yaml/problem.ts';

/** `inputs:` as the schema has it. */
interface InputSpec {
  type: InputValue['type'];
  default?: Scalar;
  minimum?: string | number;
  maximum?: string | number;
  oneOf?: readonly Scalar[];
}

export interface Inputs {
  values: readonly InputValue[];
  problems: readonly Problem[];
}

/**
 * Gives each declared input its value: the one of `--input`, else its default. Mistakes of the policy are `policy/…`,
 * mistakes of the caller `usage/…`.
 */
export function resolveInputs(source: YamlSource, given: Readonly<Record<string, string>>): Inputs {
  const declared = ((source.value as JsonObject)['inputs'] ?? {}) as unknown as Readonly<
    Record<string, InputSpec>
  >;
  const problems: Problem[] = [];
  const values: InputValue[] = [];
  for (const [name, spec] of Object.entries(declared)) {
    const pointer = pointTo('/inputs', name);
    const complaints = checkSpec(spec, pointer);
    problems.push(...complaints.map((complaint) => problemIn(source, complaint)));
    const option = Object.hasOwn(given, name) ? given[name] : undefined;
    const chosen = choose({ name, spec, option, pointer, source });
    if ('code' in chosen) problems.push(chosen);
    else if (complaints.length === 0) values.push(chosen);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name)) problems.push(unknownOption(name, Object.keys(declared)));
  }
  return { values, problems };
}

function unknownOption(name: string, known: readonly string[]): Problem {
  const hint =
    didYouMean(nearest(name, known)) ??
    (known.length > 0 ? `declared: ${[...known].sort().join(', ')}` : 'the policy declares no inputs');
  return { code: 'usage/unknown-input', message: `the policy declares no input \`${name}\``, hint };
}

interface Choice {
  name: string;
  spec: InputSpec;
  option: string | undefined;
  pointer: string;
  source: YamlSource;
}

function choose({ name, spec, option, pointer, source }: Choice): InputValue | Problem {
  if (option !== undefined) {
    const value = readOption(spec.type, option);
    const wrong = value === undefined ? `is no ${spec.type}` : outside(value, spec);
    if (value !== undefined && wrong === undefined) return { name, type: spec.type, value, origin: 'option' };
    return {
      code: 'usage/input-value',
      message: `\`--input ${name}=${option}\` ${wrong}`,
      at: source.placeOf(pointer),
    };
  }
  if (spec.default === undefined) {
    const hint = `add \`--input ${name}=…\`, or a default`;
    return {
      code: 'usage/missing-input',
      message: `input \`${name}\` has no default and was not given`,
      at: source.placeOf(pointer),
      hint,
    };
  }
  return { name, type: spec.type, value: spec.default, origin: 'default' };
}

function readOption(type: InputValue['type'], text: string): Scalar | undefined {
  switch (type) {
    case 'duration':
      return parseDuration(text) === undefined ? undefined : text;
    case 'number':
      return /^-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'string':
      return text.trim() === '' || text.length > 4000 ? undefined : text;
  }
}

/** What numbers and durations are compared by; undefined if the value does not fit the type. */
function measure(type: InputValue['type'], value: Scalar): number | undefined {
  if (type === 'number') return typeof value === 'number' ? value : undefined;
  return type === 'duration' && typeof value === 'string' ? parseDuration(value) : undefined;
}

function outside(value: Scalar, spec: InputSpec): string | undefined {
  if (spec.oneOf && !spec.oneOf.includes(value)) {
    return `is not one of ${spec.oneOf.map((item) => `\`${item}\``).join(', ')}`;
  }
  const size = measure(spec.type, value);
  if (size === undefined) return undefined;
  const show = (bound: number) => (spec.type === 'duration' ? formatDuration(bound) : String(bound));
  const least = spec.minimum === undefined ? undefined : measure(spec.type, spec.minimum);
  const most = spec.maximum === undefined ? undefined : measure(spec.type, spec.maximum);
  if (least !== undefined && size < least) return `is below the minimum \`${show(least)}\``;
  if (most !== undefined && size > most) return `is above the maximum \`${show(most)}\``;
  return undefined;
}

function fits(type: InputValue['type'], value: Scalar): boolean {
  switch (type) {
    case 'duration':
      return typeof value === 'string' && parseDuration(value) !== undefined;
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === type;
  }
}

function checkSpec(spec: InputSpec, pointer: string): Complaint[] {
  const complaints: Complaint[] = [];
  const add = (message: string, ...steps: (string | number)[]) =>
    complaints.push({ code: 'policy/bad-input', message, pointer: pointTo(pointer, ...steps) });
  for (const key of ['default', 'minimum', 'maximum'] as const) {
    const value = spec[key];
    if (value === undefined) continue;
    if (key !== 'default' && spec.type !== 'number' && spec.type !== 'duration')
      add(`\`${key}\` is for numbers and durations`, key);
    else if (!fits(spec.type, value)) add(`\`${key}\` is \`${value}\`, which is no ${spec.type}`, key);
  }
  spec.oneOf?.forEach((value, index) => {
    if (!fits(spec.type, value)) add(`\`${value}\` is no ${spec.type}`, 'oneOf', index);
  });
  if (complaints.length > 0) return complaints;
  const least = spec.minimum === undefined ? undefined : measure(spec.type, spec.minimum);
  const most = spec.maximum === undefined ? undefined : measure(spec.type, spec.maximum);
  if (least !== undefined && most !== undefined && least > most)
    add('`minimum` is above `maximum`', 'minimum');
  const wrong = spec.default === undefined ? undefined : outside(spec.default, spec);
  if (wrong !== undefined) add(`the default \`${spec.default}\` ${wrong}`, 'default');
  return complaints;
}

/** Whether a value is `{ input: name }`. */
export function inputName(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  const name = value['input'];
  return keys.length === 1 && typeof name === 'string' ? name : undefined;
}

/** Replaces each `{ input: name }` outside of `inputs:` by its value; unknown names stay and are problems. */
export function replaceInputs(
  source: YamlSource,
  inputs: Inputs,
): { value: Json; problems: readonly Problem[] } {
  const values = new Map(inputs.values.map((input) => [input.name, input.value]));
  const declared = Object.keys(((source.value as JsonObject)['inputs'] ?? {}) as JsonObject);
  const problems: Problem[] = [];
  const visit = (value: Json, pointer: string): Json => {
    const name = inputName(value);
    if (name !== undefined) {
      if (!declared.includes(name) && problems.length < mostProblems)
        problems.push(undeclared(source, { name, pointer, declared }));
      return values.get(name) ?? value;
    }
    if (Array.isArray(value))
      return (value as readonly Json[]).map((item, index) => visit(item, pointTo(pointer, index)));
    if (!isObject(value)) return value;
    const copy = Object.create(null) as Record<string, Json>;
    for (const [key, item] of Object.entries(value))
      copy[key] = key === 'inputs' && pointer === '' ? item : visit(item, pointTo(pointer, key));
    return copy;
  };
  return { value: visit(source.value, ''), problems };
}

function undeclared(
  source: YamlSource,
  at: { name: string; pointer: string; declared: readonly string[] },
): Problem {
  const hint = didYouMean(nearest(at.name, at.declared)) ?? 'declare it under `inputs:`';
  return problemIn(source, {
    code: 'policy/unknown-input',
    message: `no input is named \`${at.name}\``,
    pointer: at.pointer,
    hint,
  });
}
