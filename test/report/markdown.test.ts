import fc from 'fast-check';
import type { Nodes, Table } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { describe, expect, it } from 'vitest';
import { plain } from '../../src/report/escape.ts';
import { render } from '../../src/report/index.ts';
import { inline, tableCell } from '../../src/report/markdownText.ts';
import { hostileText } from '../support/hostile.ts';
import { fullVerdict, gateReport, ruleByOutcome, verdictWith } from '../support/verdicts.ts';

const parser = remark().use(remarkGfm);
const parse = (text: string): Nodes => parser.parse(text);

function nodes(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap((child) => nodes(child))] : [node];
}

/** Kinds that evidence must never become; text that GitHub would turn into links and mentions by itself. */
const markup =
  /^(link|linkReference|image|imageReference|html|emphasis|strong|delete|footnoteReference|break)$/;
const selfMade = /(?:^|[^\w`])@\w|https?:\/\/|www\.|(?:^|\s)#\d|GH-\d/i;

function faults(tree: Nodes): readonly string[] {
  return nodes(tree).flatMap((node) => {
    if (markup.test(node.type)) return [node.type];
    return node.type === 'text' && selfMade.test(node.value) ? [`text ${node.value}`] : [];
  });
}

const pieces = fc.constantFrom(
  ...[
    '[a](http://x)',
    '![a](b)',
    '<img src=x>',
    '@team',
    '#12',
    'GH-7',
    'www.x.org',
    'https://x.org',
    'a@b.org',
    '**b**',
  ],
  ...[
    '_i_',
    '~~s~~',
    '`',
    '``',
    '\\',
    '|',
    '\\|',
    '&lt;',
    '[x]: http://y',
    '- [ ] t',
    '1. a',
    '# h',
    '> q',
    '---',
    '[^1]',
  ],
);
const markdownish = fc.oneof(
  hostileText,
  fc.array(fc.oneof(pieces, fc.constantFrom(' ', 'word')), { maxLength: 8 }).map((parts) => parts.join('')),
);

const bare = (text: string): string => text.replaceAll('`', '').replace(/\s+/g, ' ').trim();

describe('inline', () => {
  it('renders as the text itself, in a paragraph and in a table (R37, R39)', () => {
    fc.assert(
      fc.property(markdownish.map(plain), (text) => {
        const paragraph = parse(`x ${inline(text)} y`);
        expect(faults(paragraph)).toEqual([]);
        expect(bare(textOf(paragraph))).toBe(bare(`x ${text} y`));
        const tree = parse(`| a | b |\n| --- | --- |\n| ${tableCell(inline(text))} | z |`);
        expect(faults(tree)).toEqual([]);
        const table = 'children' in tree ? (tree.children[0] as Table) : undefined;
        const row = table?.children[1]?.children ?? [];
        expect(row.map((cell) => bare(textOf(cell)))).toEqual([bare(text), 'z']);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('markdown', () => {
  it('draws every part of a verdict', async () => {
    await expect(await render('markdown', [fullVerdict])).toMatchFileSnapshot('full.md.txt');
  });

  it('holds no markup from a hostile verdict, and no line that a runner would obey', async () => {
    await fc.assert(
      fc.asyncProperty(markdownish, markdownish, markdownish, async (a, b, c) => {
        const rule = {
          ...ruleByOutcome.fail,
          id: a,
          message: b,
          todo: c,
          cites: [{ evidence: a, path: b, line: 1 }],
        };
        const finding = { code: 'log.torn-row' as const, message: c, evidence: a, path: b };
        const text = await render('markdown', [
          verdictWith({
            message: a,
            policy: { ...fullVerdict.policy, title: b, name: c },
            subject: { branch: a, commit: b, environment: c, artifacts: [] },
            gates: [gateReport({ rules: [rule] })],
            findings: [finding],
          }),
        ]);
        expect(faults(parse(text)).filter((fault) => fault !== 'break')).toEqual([]);
        expect(text.split('\n').filter((line) => /^\s*::/.test(line) || /##[A-Za-z]*\[/.test(line))).toEqual(
          [],
        );
        return !/[\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
      }),
      { numRuns: 150 },
    );
  });
});
