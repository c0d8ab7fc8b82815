/** Why programs do not start, in our own words: messages of the system carry arguments and paths (R24). */
const words: Readonly<Record<string, string>> = {
  E2BIG: 'its arguments are too long for the system',
  EACCES: 'it must not be executed by this user',
  EAGAIN: 'the system has no room for another process',
  EINVAL: 'the system refuses its arguments',
  EISDIR: 'it is a folder',
  ELOOP: 'its path has too many symbolic links',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its path is too long',
  ENFILE: 'too many files are open in the system',
  ENOENT: 'there is no such program',
  ENOEXEC: 'the system cannot execute its format',
  ENOMEM: 'the system has no memory for it',
  ENOTDIR: 'a part of its path is no folder',
  EPERM: 'the system does not permit it',
  ERR_INVALID_ARG_VALUE: 'an argument holds a zero byte',
  ETXTBSY: 'it is being written at the moment',
};

export function startFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    (typeof code === 'string' && Object.hasOwn(words, code) ? words[code] : undefined) ??
    'the system refuses it'
  );
}
