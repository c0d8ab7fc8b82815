/** How the agent talks to the backend where nobody says otherwise. */
export function readConfig(env) {
  return { transport: env.AGENT_TRANSPORT ?? 'hybrid' };
}
