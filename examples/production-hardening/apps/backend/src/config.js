/** The switches of the hardening rollout, with the defaults that hold where nobody sets them. */
export function readConfig(env) {
  return {
    authMode: env.AUTH_MODE ?? 'shadow',
    vaultMode: env.SECRETS_VAULT_MODE ?? 'shadow',
  };
}
