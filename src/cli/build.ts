/** Put in by the bundler: a digest of everything that the program is built from. */
declare const SOAKGATE_BUILD: string;

/** Tells this build of the program, on this Node, from every other one; undefined where nothing was built. */
export const build =
  typeof SOAKGATE_BUILD === 'string' ? `${SOAKGATE_BUILD} ${process.version} ${process.arch}` : undefined;
