import { expect, test } from 'vitest';
import { lintCodes, lints } from '../../../src/analyze/lint/index.ts';

const head = `# Lints

What \`soakgate lint\` says beyond what loading refuses: the language allows it, and it rarely means what its author
meant. Errors make it exit with 1; warnings and notes with 0. \`soakgate lint --list\` prints the same list.

A policy is never changed by linting. \`soakgate lint --fix\` adds the keys of the lints marked so, and only those: they
demand more or keep less, so no decision gets better by them. Comments and every other byte stay as they are.

There is no comment that silences a lint. A note is for thinking once; a warning that is wrong for your policy is a
mistake of ours, and we want to hear of it.

<!-- Made from src/analyze/lint: npx vitest run --project unit test/analyze/lint/page.test.ts -u -->
`;

const mendedByFix = ['command-without-max-age', 'secret-name', 'unbound-command', 'unprotected-script'];

function section(code: (typeof lintCodes)[number]): string {
  const { severity, summary, fix, example, mended } = lints[code];
  const marked = mendedByFix.includes(code.slice('lint/'.length)) ? ' `--fix` does it where it can.' : '';
  const title = `## \`${code}\`\n\n${severity.charAt(0).toUpperCase()}${severity.slice(1)}: ${summary}.\n\n`;
  const block = (text: string) => `\`\`\`yaml\n${text}\`\`\`\n`;
  return `${title}${block(example)}\nThe way out: ${fix}.${marked}\n\n${block(mended)}`;
}

function table(): string {
  const rows = lintCodes.map(
    (code) =>
      `| [\`${code}\`](#${code.replace('/', '')}) | ${lints[code].severity} | ${lints[code].summary.replaceAll('|', '\\|')} |`,
  );
  return `| code | severity | what is wrong |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

test('docs/reference/lints.md is made from the lints', async () => {
  const page = `${head}\n${table()}\n${lintCodes.map(section).join('\n')}`;
  await expect(page).toMatchFileSnapshot('../../../docs/reference/lints.md');
});
