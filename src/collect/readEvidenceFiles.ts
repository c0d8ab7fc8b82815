import { resolve } from 'node:path';
import { decodeText } from '../files/text.ts';
import { readNamedFile } from '../files/tree.ts';
import type { EvidenceFile } from '../model/evidence.ts';
import type { Problem, Result } from '../model/problem.ts';
import { parseEvidenceFile } from '../parse/evidence.ts';

/** Reads the files given by `--evidence`; one that cannot be read is a mistake of the command line. */
export function readEvidenceFiles(paths: readonly string[], cwd: string): Result<readonly EvidenceFile[]> {
  const files: EvidenceFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const file = readNamedFile(resolve(cwd, path));
    const text = file.ok ? decodeText(file.bytes) : undefined;
    const read = text === undefined ? { message: 'it is not UTF-8' } : parseEvidenceFile(text);
    if ('value' in read) files.push(read.value);
    else {
      const message = file.ok
        ? `\`${path}\` is no evidence file: ${read.message}`
        : `the file \`${path}\` cannot be read`;
      problems.push({
        code: 'usage/evidence-file',
        message,
        hint: 'name a file written by `soakgate collect --output`',
      });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: files };
}
