import { once } from '../model/once.ts';
import { mapTexts } from './mapTexts.ts';

/**
 * Text that came from outside, made safe to show (R38). Everything below works on whole characters, keeps what a
 * person can read, and shows the rest as `<U+202E>` instead of dropping it: a hidden character is a fact worth seeing.
 */

// Controls, format and bidi, lone surrogates, private use, noncharacters, line and paragraph separators, and whatever else
// is drawn as nothing (DI); of these only the emoji selector may stay. Unassigned characters stay as well: which they
// are depends on the version of Node.
const invisible = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{NChar}\\p{Zl}\\p{Zp}\\p{DI}]';
const unprintable = once(() => new RegExp(`(?!\\ufe0f)${invisible}`, 'u'));
const everyUnprintable = once(() => new RegExp(`(?!\\ufe0f)${invisible}`, 'gu'));
const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

function codePoint(char: string): string {
  return `<U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}>`;
}

// `##[` and, of other services, `##name[` are commands to a CI runner wherever they stand in a line.
const serviceMessage = /##(?=[A-Za-z]*\[)/g;

// Most texts, told at once: the patterns with properties of Unicode take a millisecond and more to build.
const printableAscii = /^[ -~]*$/;

/** One line of printable text: line breaks and tabs become spaces, everything else unprintable is shown by number. */
export function plain(text: string): string {
  const safe = text.includes('##') ? text.replace(serviceMessage, '## ') : text;
  if (printableAscii.test(safe) || !unprintable().test(safe)) return safe;
  return safe.replace(lineBreak, ' ').replaceAll('\t', ' ').replace(everyUnprintable(), codePoint);
}

/** The same value with every text and key in it made plain. */
export function plainAll<T>(value: T): T {
  return mapTexts(value, { text: plain, key: plain });
}

// GitHub's runner skips white space (and colours do not count) before `::`.
const commandStart = /^((?:[^\S\n]|\u001b\[[0-9;]*m)*):(?=:)/gm;

/**
 * Finished text in which no line can be taken for a workflow command of a CI runner. An indented line gives up one
 * space for the one put in, so that it stays as wide as it was.
 */
export function withoutCommands(text: string): string {
  const broken = text.replace(commandStart, (_, before: string) => `${before.replace(' ', '')}: `);
  return broken.replace(serviceMessage, '## ');
}

// Line breaks between the values of JSON text are ours; inside a text JSON.stringify has escaped them already.
const everyHidden = once(() => new RegExp(`(?![\\ufe0f\n])${invisible}`, 'gu'));

/** JSON text in which what a terminal would not show stands as `\uXXXX`; it reads back as the same value (R37, R38). */
export function visibleJson(json: string): string {
  return json.replace(everyHidden(), escapeUnits).replace(serviceMessage, '#\\u0023');
}

function escapeUnits(char: string): string {
  let out = '';
  for (let i = 0; i < char.length; i++) out += `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return out;
}
