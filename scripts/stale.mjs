// One digest over the bytes of files and folders: equal digest, nothing to rebuild. Bytes rather than times, so that
// a checkout, a copy or a clock change never leaves an old build standing.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

function filesUnder(root, path) {
  let stat;
  try {
    stat = statSync(join(root, path));
  } catch {
    return [];
  }
  if (stat.isFile()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`));
}

export function digestOf(root, paths, keep = () => true) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesUnder(root, path)).filter(keep)) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
