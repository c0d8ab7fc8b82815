import { folderOf, joinPath, nameOf } from './path.ts';

/** Where the verdict of a transition is kept: beside the log, named by its digest (semantics section 4). */
export function storedVerdictPath(logPath: string, digest: string): string {
  return joinPath(folderOf(logPath), `${digest.replace(':', '-')}.verdict.json`);
}

/** Whether a path is named like a stored verdict. */
export function isStoredVerdict(path: string): boolean {
  return /^sha256-[0-9a-f]{64}\.verdict\.json$/.test(nameOf(path));
}
