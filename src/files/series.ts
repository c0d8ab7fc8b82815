import { daysInMonth } from '../model/instant.ts';
import { compareText } from '../model/problem.ts';
import { cleanPath, folderOf, joinPath } from './path.ts';
import { type FileFailure, fileFailure, type FileNames, type Workspace } from './workspace.ts';

/** A file of a dated series, with what its path says. */
export interface SeriesFile {
  path: string;
  /** `2026`, `2026-02` or `2026-02-24`; empty if the pattern holds no date. */
  date: string;
}

const holders: Readonly<Record<string, string>> = { yyyy: '\\d{4}', MM: '\\d{2}', dd: '\\d{2}' };
const holder = /\{(yyyy|MM|dd)\}/g;

/** Whether a path pattern holds `{yyyy}`, `{MM}` or `{dd}`. */
export function isDated(pattern: string): boolean {
  return pattern.search(holder) >= 0;
}

/** The path that a pattern names on a day, given as `2026-02-24`. */
export function pathOfDay(pattern: string, day: string): string {
  const [yyyy = '', MM = '', dd = ''] = day.split('-');
  const parts: Readonly<Record<string, string>> = { yyyy, MM, dd };
  return pattern.replace(holder, (_, name: string) => parts[name] ?? '');
}

/**
 * Matches paths against a pattern. Placeholders may stand in folders and names, and more than once; a date that does
 * not exist matches nothing. With `numbered`, `-2`, `-3`… before the extension are later files of the same date.
 */
export function seriesMatcher(
  pattern: string,
  numbered = false,
): (path: string) => { date: string; number: number } | undefined {
  const clean = cleanPath(pattern) ?? pattern;
  const dot = clean.lastIndexOf('.');
  const end = dot > clean.lastIndexOf('/') + 1 ? dot : clean.length;
  const suffix = numbered ? '(?:-(?<n>[2-9]|[1-9]\\d{1,3}))?' : '';
  const names: string[] = [];
  const shape = new RegExp(
    `^${shapeOf(clean.slice(0, end), names)}${suffix}${shapeOf(clean.slice(end), names)}$`,
  );
  return (path) => {
    const match = shape.exec(path);
    if (!match) return undefined;
    const found = new Map<string, string>();
    for (const [index, name] of names.entries()) {
      const value = match.groups?.[`v${index}`] as string;
      if ((found.get(name) ?? value) !== value) return undefined;
      found.set(name, value);
    }
    const date = dateOf(found);
    return date === undefined ? undefined : { date, number: Number(match.groups?.n ?? 1) };
  };
}

function shapeOf(text: string, names: string[]): string {
  let shape = '';
  let last = 0;
  for (const match of text.matchAll(holder)) {
    shape += `${literal(text.slice(last, match.index))}(?<v${names.length}>${holders[match[1] as string]})`;
    names.push(match[1] as string);
    last = match.index + match[0].length;
  }
  return shape + literal(text.slice(last));
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function dateOf(found: ReadonlyMap<string, string>): string | undefined {
  const month = Number(found.get('MM') ?? 1);
  const day = Number(found.get('dd') ?? 1);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(Number(found.get('yyyy') ?? 2000), month))
    return undefined;
  return ['yyyy', 'MM', 'dd'].flatMap((name) => found.get(name) ?? []).join('-');
}

/**
 * All files that match a pattern, in the order of their dates. A pattern without a date names one file. No match is
 * `file.missing`.
 */
export function listSeries(
  workspace: Workspace,
  pattern: string,
  numbered = false,
): { ok: true; files: readonly SeriesFile[] } | FileFailure {
  const clean = cleanPath(pattern);
  if (clean === undefined) return fileFailure('file.outside-root', pattern);
  if (!isDated(clean)) {
    const names = workspace.list(folderOf(clean));
    const blind = names.ok ? blindIn(workspace, folderOf(clean), names, (path) => path === clean) : undefined;
    return blind ?? { ok: true, files: [{ path: clean, date: '' }] };
  }
  const folders = datedFolders(workspace, folderOf(clean));
  if (!Array.isArray(folders)) return folders;
  const matches = seriesMatcher(clean, numbered);
  const found: { path: string; date: string; number: number }[] = [];
  for (const folder of folders) {
    const names = workspace.list(folder);
    if (!names.ok && names.code === 'file.missing') continue;
    // INVARIANT: a folder that cannot be read may hold bad rows, so the series as a whole cannot be read then.
    if (!names.ok) return names;
    const blind = blindIn(workspace, folder, names, (path) => matches(path) !== undefined);
    if (blind) return blind;
    for (const name of names.files) {
      const match = matches(joinPath(folder, name));
      if (match) found.push({ path: joinPath(folder, name), ...match });
    }
  }
  if (found.length === 0)
    return { ok: false, code: 'file.missing', message: `no file matches \`${pattern}\`` };
  found.sort((a, b) => compareText(a.date, b.date) || a.number - b.number || compareText(a.path, b.path));
  return { ok: true, files: found.map(({ path, date }) => ({ path, date })) };
}

/**
 * What has the name of a file of the series and is none: a folder, or a link that leads nowhere. INVARIANT: what stands
 * there cannot be read, which is not the same as that nothing stands there.
 */
function blindIn(
  workspace: Workspace,
  folder: string,
  { files, folders }: Pick<FileNames, 'files' | 'folders'>,
  matches: (path: string) => boolean,
): FileFailure | undefined {
  for (const name of folders) {
    const path = joinPath(folder, name);
    if (!matches(path)) continue;
    if (!files.includes(name)) return fileFailure('file.not-regular', path);
    // A link stands in both lists.
    const read = workspace.read(path, 0);
    if (!read.ok && read.code === 'file.missing') return fileFailure('file.unreadable', path);
  }
  return undefined;
}

/** The folders that a pattern of a folder names; those of its parts that hold a date are looked up. */
function datedFolders(workspace: Workspace, pattern: string): string[] | FileFailure {
  let folders = [''];
  for (const part of pattern.split('/').filter((one) => one !== '')) {
    if (!isDated(part)) {
      folders = folders.map((folder) => joinPath(folder, part));
      continue;
    }
    const matches = seriesMatcher(part);
    const next: string[] = [];
    for (const folder of folders) {
      const names = workspace.list(folder);
      if (!names.ok && names.code === 'file.missing') continue;
      if (!names.ok) return names;
      for (const name of names.folders) if (matches(name)) next.push(joinPath(folder, name));
    }
    folders = next;
  }
  return folders;
}
