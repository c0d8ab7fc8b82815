import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CachePlace, findCachePlace, readCached } from '../../src/files/cacheFolder.ts';
import { writeCached } from '../../src/files/cacheWrite.ts';

describe('the place of the cache', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/x', HOME: '/h' }, '/x/soakgate'],
    [{ HOME: '/h' }, '/h/.cache/soakgate'],
    [{ XDG_CACHE_HOME: '', HOME: '/h' }, '/h/.cache/soakgate'],
    [{ XDG_CACHE_HOME: 'relative', HOME: '/h' }, '/h/.cache/soakgate'],
    [{ HOME: 'relative' }, undefined],
    [{}, undefined],
  ])('of %j is %s', (env, folder) => expect(findCachePlace(env, 'linux')?.folder).toBe(folder));

  it('there is none on Windows', () => expect(findCachePlace({ HOME: '/h' }, 'win32')).toBeUndefined());
});

describe.skipIf(process.platform === 'win32')('the folder of the cache', () => {
  let home: string;
  let place: CachePlace;
  const content = Buffer.from('what was kept');
  const path = () => join(place.folder, 'entry');
  const read = () => readCached(place, 'entry')?.toString();
  const write = (text = 'what was kept') => writeCached(place, 'entry', () => Buffer.from(text));
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'soakgate-cache-'));
    place = findCachePlace({ HOME: home }, 'linux') as CachePlace;
  });
  afterEach(() => {
    chmodSync(home, 0o700);
    rmSync(home, { recursive: true });
  });

  it('is made closed to others, and gives back what was written', () => {
    expect(read()).toBeUndefined();
    write();
    expect(read()).toBe('what was kept');
    expect(statSync(place.base).mode & 0o777).toBe(0o700);
    expect(statSync(place.folder).mode & 0o777).toBe(0o700);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readdirSync(place.folder)).toEqual(['entry']);
  });

  /** Each change makes the entry, or the way to it, something that others could have made. */
  const distrusted: readonly (readonly [string, () => void])[] = [
    ['the folder is open to others', () => chmodSync(place.folder, 0o777)],
    ['the folder can be read by others', () => chmodSync(place.folder, 0o750)],
    ['others may write beside the folder', () => chmodSync(place.base, 0o777)],
    ['the group may write beside the folder', () => chmodSync(place.base, 0o770)],
    [
      'the folder is a link',
      () => {
        renameSync(place.folder, join(home, 'elsewhere'));
        symlinkSync(join(home, 'elsewhere'), place.folder);
      },
    ],
    [
      'the entry is a link',
      () => {
        renameSync(path(), join(home, 'elsewhere'));
        symlinkSync(join(home, 'elsewhere'), path());
      },
    ],
    ['others may read the entry', () => chmodSync(path(), 0o644)],
    ['others may write the entry', () => chmodSync(path(), 0o622)],
    [
      'the entry is a folder',
      () => {
        rmSync(path());
        mkdirSync(path());
      },
    ],
  ];
  it.each(distrusted)('is not read where %s', (_, change) => {
    write();
    change();
    expect(read()).toBeUndefined();
  });

  const foreign: readonly (readonly [string, () => string])[] = [
    ['the folder', () => place.folder],
    ['its base', () => place.base],
    ['the entry', path],
  ];
  it.skipIf(process.geteuid?.() !== 0).each(foreign)(
    'is not read where %s belongs to somebody else',
    (_, which) => {
      write();
      chownSync(which(), 12_345, 12_345);
      expect(read()).toBeUndefined();
    },
  );

  it.each([
    ['cut off', () => truncateSync(path(), content.length + 3)],
    ['cut in half', () => truncateSync(path(), content.length)],
    ['empty', () => truncateSync(path(), 0)],
    [
      'changed in one place',
      () => writeFileSync(path(), readFileSync(path(), 'utf8').replace('kept', 'lost')),
    ],
    ['zeros at its end', () => writeFileSync(path(), Buffer.concat([content, Buffer.alloc(content.length)]))],
  ])('an entry that is %s is none, and is written again', (_, damage) => {
    write();
    damage();
    expect(read() ?? '').toBe('');
    write();
    expect(read()).toBe('what was kept');
  });

  it('what others could read is replaced by a file that they cannot', () => {
    write('old');
    chmodSync(path(), 0o666);
    write('new');
    expect(read()).toBe('new');
  });

  it('a link in place of an entry is replaced, and where it leads to stays as it is', () => {
    write('old');
    const other = join(home, 'other');
    writeFileSync(other, 'mine');
    rmSync(path());
    symlinkSync(other, path());
    write('new');
    expect({ read: read(), other: readFileSync(other, 'utf8') }).toEqual({ read: 'new', other: 'mine' });
    expect(lstatSync(path()).isFile()).toBe(true);
  });

  it.each([
    ['the home may be written by others', () => chmodSync(home, 0o777)],
    ['the home is gone', () => rmSync(home, { recursive: true })],
  ])('nothing is written where %s', (_, change) => {
    change();
    write();
    expect(existsSync(place.base)).toBe(false);
    mkdirSync(home, { recursive: true });
  });

  it('nothing is written into a folder that is open to others', () => {
    mkdirSync(place.folder, { recursive: true });
    chmodSync(place.folder, 0o777);
    write();
    expect(readdirSync(place.folder)).toEqual([]);
  });

  it('what cannot be written is no error, and is not made', () => {
    writeFileSync(place.base, 'a file where the folder should be');
    let made = 0;
    writeCached(place, 'entry', () => Buffer.from(String(++made)));
    expect(read()).toBeUndefined();
    expect(made).toBe(0);
  });

  it('the oldest entries go', () => {
    for (let n = 0; n < 70; n++) {
      writeCached(place, `entry-${n}`, () => content);
      utimesSync(join(place.folder, `entry-${n}`), 1000 + n, 1000 + n);
    }
    linkSync(join(place.folder, 'entry-69'), join(place.folder, '.half-written.tmp'));
    write();
    const left = readdirSync(place.folder);
    expect(left).toHaveLength(64);
    expect(left).toContain('entry');
    expect(left).toContain('entry-69');
    expect(left).not.toContain('entry-0');
  });

  it('large entries go sooner', () => {
    const large = Buffer.alloc(7 * 1024 * 1024);
    for (const name of ['a', 'b', 'c']) {
      writeCached(place, name, () => large);
      utimesSync(join(place.folder, name), 1000, 1000);
    }
    write();
    expect(readdirSync(place.folder)).toHaveLength(3);
    expect(read()).toBe('what was kept');
  });
});
