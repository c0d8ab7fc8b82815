import { compareText } from '../model/problem.ts';
import { cleanPath } from './path.ts';
import { evidenceCap, fileFailure, logCap, pieceSize, type Workspace } from './workspace.ts';

/** A workspace that holds its files in memory: for tests, bundles and users of the library. */
export function memoryWorkspace(files: Readonly<Record<string, string | Uint8Array>>): Workspace {
  const held = new Map<string, Uint8Array>();
  for (const [path, content] of Object.entries(files)) {
    const clean = cleanPath(path);
    if (clean === undefined) throw new Error(`no path inside a workspace: ${path}`);
    held.set(clean, typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
  }
  return workspaceOf('memory', [...held.keys()], (path) => held.get(path));
}

/** A workspace over a known list of clean paths. `load` gives the bytes of one; undefined is a file that cannot be read. */
export function workspaceOf(
  kind: Workspace['kind'],
  paths: readonly string[],
  load: (path: string, cap: number) => Uint8Array | 'too-large' | undefined,
): Workspace {
  const files = new Set(paths);
  const folders = foldersOf(paths);
  const read: Workspace['read'] = (path, cap = evidenceCap) => {
    const clean = cleanPath(path);
    if (clean === undefined) return fileFailure('file.outside-root', path);
    if (!files.has(clean)) return fileFailure(folders.has(clean) ? 'file.not-regular' : 'file.missing', path);
    const bytes = load(clean, cap);
    if (bytes === undefined) return fileFailure('file.unreadable', path);
    if (bytes === 'too-large' || bytes.length > cap) return fileFailure('file.too-large', path);
    return { ok: true, path: clean, bytes };
  };
  return {
    kind,
    read,
    *pieces(path, cap = logCap) {
      const file = read(path, cap);
      if (!file.ok) return file;
      for (let at = 0; at < file.bytes.length; at += pieceSize) yield file.bytes.subarray(at, at + pieceSize);
      return undefined;
    },
    list(folder) {
      const clean = folder === '' ? '' : cleanPath(folder);
      if (clean === undefined) return fileFailure('file.outside-root', folder);
      const found = folders.get(clean);
      if (!found) return fileFailure('file.missing', folder === '' ? '.' : folder);
      return {
        ok: true,
        files: [...found.files].sort(compareText),
        folders: [...found.folders].sort(compareText),
      };
    },
  };
}

function foldersOf(paths: readonly string[]): Map<string, { files: Set<string>; folders: Set<string> }> {
  const folders = new Map([['', { files: new Set<string>(), folders: new Set<string>() }]]);
  for (const path of paths) {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const parent = parts.slice(0, depth - 1).join('/');
      const entry = folders.get(parent) ?? { files: new Set<string>(), folders: new Set<string>() };
      folders.set(parent, entry);
      const name = parts[depth - 1] as string;
      (depth === parts.length ? entry.files : entry.folders).add(name);
    }
  }
  return folders;
}
