import { startOfDay } from '../model/calendar.ts';
import { day, type Instant, parseDate, parseInstant } from '../model/instant.ts';
import type { Policy, Waiver } from '../model/policy.ts';
import { compareProblems, compareText, type Problem } from '../model/problem.ts';
import { parseWaiverForm, type WaiverDocument } from '../parse/waiver.ts';
import { type Complaint, problemIn } from '../parse/yaml/problem.ts';
import type { YamlSource } from '../parse/yaml/load.ts';
import { gatesOf, hintFor } from './crosscheck/ground.ts';

/** Longest time that a waiver may last (semantics section 10). */
const longestWaiver = 90;

/** The waivers of a policy, sorted by id, and the files they came from, by id. */
export interface LoadedWaivers {
  waivers: readonly Waiver[];
  sources: ReadonlyMap<string, YamlSource>;
  problems: readonly Problem[];
}

/**
 * Reads the waiver files of a policy. A file that names another policy is left out with a note; a waiver with an error
 * is left out with its problems.
 */
export function loadWaivers(files: readonly { path: string; text: string }[], policy: Policy): LoadedWaivers {
  const problems: Problem[] = [];
  const sources = new Map<string, YamlSource>();
  const byId = new Map<string, Waiver>();
  for (const file of [...files].sort((a, b) => compareText(a.path, b.path))) {
    const parsed = parseWaiverForm(file.text, file.path);
    if (!parsed.ok) {
      problems.push(...parsed.problems);
      continue;
    }
    const { document, source } = parsed.value;
    const complaints = judge(document, policy);
    const twin = byId.get(document.id);
    if (twin && document.policy === policy.name) {
      const message = `two waivers are named \`${document.id}\`; the other stands in \`${twin.path}\``;
      complaints.push({ code: 'waiver/duplicate-id', message, pointer: '/id', hint: 'give each its own id' });
    }
    problems.push(...complaints.map((complaint) => problemIn(source, complaint)));
    if (complaints.length > 0) continue;
    byId.set(document.id, build(document, policy, source.placeOf('/id')));
    sources.set(document.id, source);
  }
  const waivers = [...byId.values()].sort((a, b) => compareText(a.id, b.id));
  return { waivers, sources, problems: problems.sort(compareProblems) };
}

function build(document: WaiverDocument, policy: Policy, at: Waiver['at']): Waiver {
  const { id, rule, owner, approver, reason, scope } = document;
  const waiver: Waiver = {
    ...{ id, path: at.path, at, policy: policy.name, rule, owner, approver, reason },
    outcomes: document.outcomes ?? ['fail'],
    // INVARIANT: `judge` found both readable.
    from: readTime(document.from, policy) as Instant,
    expires: readTime(document.expires, policy) as Instant,
  };
  return scope === undefined ? waiver : { ...waiver, environment: scope.environment };
}

/** A bare date is the start of that day in the policy's zone. */
function readTime(text: string, policy: Policy): Instant | undefined {
  const date = parseDate(text);
  return date === undefined ? parseInstant(text) : startOfDay(policy.timezone, date);
}

function judge(document: WaiverDocument, policy: Policy): Complaint[] {
  if (document.policy !== policy.name) {
    const message = `the waiver is for policy \`${document.policy}\`, not for \`${policy.name}\``;
    return [{ code: 'waiver/other-policy', message, pointer: '/policy', severity: 'note' }];
  }
  const complaints = [...judgePeople(document), ...judgeTimes(document, policy)];
  const rules = gatesOf(policy).flatMap((gate) => gate.rules.map((rule) => rule.id));
  if (!rules.includes(document.rule)) {
    const message = `policy \`${policy.name}\` has no rule \`${document.rule}\``;
    complaints.push({
      code: 'waiver/unknown-rule',
      message,
      pointer: '/rule',
      hint: hintFor(document.rule, rules, 'name a rule'),
    });
  }
  return complaints;
}

const unseen = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Who a name means: `@alice`, `Alice` and wide letters are one person. */
function personIn(name: string): string {
  const seen = name.normalize('NFKC').replace(unseen, '');
  return seen.trim().replace(/^@/, '').trim().toLowerCase();
}

/** Letters of Latin, Greek and Cyrillic look alike; no word has them mixed. */
function faultIn(name: string): string | undefined {
  if (name.search(unseen) >= 0) return 'has a character that is not seen';
  const scripts = [/\p{Script=Latin}/u, /\p{Script=Greek}/u, /\p{Script=Cyrillic}/u];
  const words = name.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? [];
  const isMixed = words.some((word) => scripts.filter((script) => script.test(word)).length > 1);
  return isMixed ? 'mixes letters of several scripts in one word' : undefined;
}

function judgePeople({ owner, approver, reason, scope }: WaiverDocument): Complaint[] {
  const complaints: Complaint[] = [];
  for (const [key, name] of Object.entries({ owner, approver })) {
    const fault = faultIn(name);
    if (fault === undefined) continue;
    const message = `the name in \`${key}\` ${fault}, so it may look like another`;
    const hint = 'write it with the letters of one script alone';
    complaints.push({ code: 'waiver/bad-name', message, pointer: `/${key}`, hint });
  }
  for (const [key, text] of Object.entries({
    owner,
    approver,
    reason,
    'scope/environment': scope?.environment,
  })) {
    if (text?.trim() === '')
      complaints.push({ code: 'waiver/empty', message: `\`${key}\` is blank`, pointer: `/${key}` });
  }
  if (personIn(owner) === personIn(approver)) {
    const message = `\`${approver}\` is owner and approver at once`;
    complaints.push({
      code: 'waiver/self-approved',
      message,
      pointer: '/approver',
      hint: 'let somebody else approve it',
    });
  }
  return complaints;
}

function judgeTimes(document: WaiverDocument, policy: Policy): Complaint[] {
  const complaints: Complaint[] = [];
  const hint = 'write it as `2026-02-24`, or as `2026-02-24T09:00:00Z` with its offset';
  for (const key of ['from', 'expires'] as const) {
    if (readTime(document[key], policy) !== undefined) continue;
    const message = `\`${key}\` is \`${document[key]}\`, which is no date that exists and no time with its offset`;
    complaints.push({ code: 'waiver/bad-time', message, pointer: `/${key}`, hint });
  }
  if (complaints.length > 0) return complaints;
  const from = readTime(document.from, policy) as Instant;
  const expires = readTime(document.expires, policy) as Instant;
  if (expires <= from) {
    complaints.push({
      code: 'waiver/never-valid',
      message: '`expires` does not lie after `from`',
      pointer: '/expires',
    });
  } else if (lasts(document, expires - from) > longestWaiver) {
    const message = `the waiver lasts longer than ${longestWaiver} days`;
    complaints.push({
      code: 'waiver/too-long',
      message,
      pointer: '/expires',
      hint: 'let it end sooner, and renew it if need be',
    });
  }
  return complaints;
}

/** Days that a waiver lasts; between bare dates calendar days, which a change of clocks makes longer or shorter. */
function lasts(document: WaiverDocument, span: number): number {
  const from = parseDate(document.from);
  const expires = parseDate(document.expires);
  return from === undefined || expires === undefined ? span / day : expires - from;
}
