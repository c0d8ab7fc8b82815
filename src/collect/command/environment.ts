/**
 * What a command sees of the environment (R25): where programs and temporary files are, who and where the user is, and
 * whether this is CI. None of these is made to hold a secret. All else has to be named in `env:`.
 */
const allowed: ReadonlySet<string> = new Set([
  'CI',
  'HOME',
  'LANG',
  'LANGUAGE',
  'LOGNAME',
  'NODE_EXTRA_CA_CERTS',
  'NO_COLOR',
  'PATH',
  'SHELL',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
  'TEMP',
  'TERM',
  'TMP',
  'TMPDIR',
  'TZ',
  'USER',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_RUNTIME_DIR',
  'XDG_STATE_HOME',
]);

/** By this variable the descendants of a command are found, wherever they went. */
export const markerName = 'SOAKGATE_RUN';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of a command: allowed names, `LC_*`, the names of its `env:`, and the marker. */
export function commandEnvironment(
  base: Environment,
  named: readonly string[],
  marker: string,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) {
    if (value === undefined || !(allowed.has(name) || name.startsWith('LC_') || named.includes(name)))
      continue;
    env[name] = value;
  }
  // A command may run Soakgate itself: its commands then carry both markers and end with either.
  const outer = base[markerName];
  env[markerName] = outer === undefined ? marker : `${outer} ${marker}`;
  return env;
}
