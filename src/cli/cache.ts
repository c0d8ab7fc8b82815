import { type CachePlace, findCachePlace } from '../files/cacheFolder.ts';
import { build } from './build.ts';

/** Where this build may keep what saves its next runs time. */
export interface Cache {
  place: CachePlace;
  build: string;
}

/**
 * The cache of this user. INVARIANT: in CI there is none (semantics section 12): what gates reads everything itself.
 */
export function findCache(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): Cache | undefined {
  const { CI: ci = '' } = env;
  const place = ci === '' ? findCachePlace(env, platform) : undefined;
  return place && build !== undefined ? { place, build } : undefined;
}
