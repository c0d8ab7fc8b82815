import { commands } from './commands.ts';

/** The help of the whole program. It needs no command to be loaded. */
export function programHelp(): string {
  const lines = [...commands].map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`);
  return `soakgate: a policy-as-code gate for production rollouts; absence never passes

Usage: soakgate <command> [options]

Commands:
${lines.join('\n')}
  help     show this, or \`soakgate help COMMAND\`

Options:
  -V, --version  show the version
  -h, --help     show this help; also \`soakgate COMMAND --help\`

Exit codes of check:
  0 go   1 no-go   2 could not evaluate   3 hold   4 internal error
`;
}
