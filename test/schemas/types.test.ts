import { expect, test } from 'vitest';
import type { EvidenceFile as EvidenceBySchema } from '../../src/generated/evidence.schema.d.ts';
import { validateEvidence } from '../../src/generated/evidence.validator.js';
import type { Verdict as VerdictBySchema } from '../../src/generated/verdict.schema.d.ts';
import { validateVerdict } from '../../src/generated/verdict.validator.js';
import type { Content, EvidenceFile, TransitionsContent } from '../../src/model/evidence.ts';
import type { LogContent } from '../../src/model/log.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { sampleEvidence, sampleVerdict } from './samples.ts';

// The types of src/model and those made from the schemas must be the same, field by field and both ways. Told apart
// on purpose: reason codes are any text to readers (the list grows), and JSON values are one thing.

/** Keys that are written down, without index signatures. */
type Known<K> = string extends K ? never : number extends K ? never : K;
type KnownKeys<T> = keyof { [K in keyof T as Known<K>]: 1 };
type CodeKeys = 'code' | 'ended' | 'missing';
/** Logs and the transition log are never in an evidence file. */
type NotInFile = LogContent | TransitionsContent;

type Plain<T> = [null] extends [T] ? 'json' : PlainPart<T>;
type PlainPart<T> = T extends NotInFile
  ? never
  : T extends readonly (infer I)[]
    ? readonly Plain<I>[]
    : T extends object
      ? [KnownKeys<T>] extends [never]
        ? { readonly [key: string]: Plain<T[keyof T]> }
        : { readonly [K in keyof T as Known<K>]: K extends CodeKeys ? string : Plain<T[K]> }
      : T;

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the one way to ask tsc whether types are identical
type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Assignable<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

const verdictIsAssignable: Assignable<Plain<Verdict>, Plain<VerdictBySchema>> = true;
const verdictIsIdentical: Identical<Plain<Verdict>, Plain<VerdictBySchema>> = true;
const evidenceIsAssignable: Assignable<Plain<EvidenceFile>, Plain<EvidenceBySchema>> = true;
const evidenceIsIdentical: Identical<Plain<EvidenceFile>, Plain<EvidenceBySchema>> = true;

// The comparison itself: a field more, an optional field more and another type are seen.
type Small = { a: string; b?: number };
const seesMore: Identical<Plain<Small>, Plain<Small & { c: string }>> = false;
const seesOptional: Identical<Plain<Small>, Plain<Small & { c?: string }>> = false;
const seesType: Identical<Plain<Small>, Plain<{ a: string; b?: string }>> = false;
const seesContent: Identical<Plain<Content>, Plain<Exclude<Content, { type: 'git' }>>> = false;

test('the types of the model are those of the schemas (proven by tsc)', () => {
  expect([verdictIsAssignable, verdictIsIdentical, evidenceIsAssignable, evidenceIsIdentical]).not.toContain(
    false,
  );
  expect([seesMore, seesOptional, seesType, seesContent]).not.toContain(true);
});

test('a verdict with every field fits the schema, and each field is looked at', () => {
  expect(validateVerdict(sampleVerdict), JSON.stringify(validateVerdict.errors)).toBe(true);
  expect(validateVerdict({ ...sampleVerdict, fieldOfALaterVersion: 1 })).toBe(true);
  for (const key of Object.keys(sampleVerdict)) {
    expect(validateVerdict({ ...sampleVerdict, [key]: null }), key).toBe(false);
  }
});

test('an evidence file with every kind of content fits the schema; unknown fields do not', () => {
  expect(validateEvidence(sampleEvidence), JSON.stringify(validateEvidence.errors)).toBe(true);
  expect(validateEvidence({ ...sampleEvidence, more: 1 })).toBe(false);
  for (const item of sampleEvidence.evidence) {
    for (const key of Object.keys(item)) {
      const broken = { ...sampleEvidence, evidence: [{ ...item, [key]: null }] };
      expect(validateEvidence(broken), `${item.id}.${key}`).toBe(false);
    }
  }
});
