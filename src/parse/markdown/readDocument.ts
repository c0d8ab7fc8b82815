import type { DocumentContent } from '../../model/evidence.ts';
import type { ReasonCode } from '../../model/reasons.ts';
import { type Field, readFrontMatter } from './frontMatter.ts';
import { splitText } from './lines.ts';
import type { Heading, MarkdownReading, Refused } from './reading.ts';
import { scanMarkdown } from './scanMarkdown.ts';

export interface DocumentFinding {
  code: ReasonCode;
  message: string;
  path: string;
  line: number;
}

export type DocumentReading =
  | { status: 'read'; content: DocumentContent; findings: DocumentFinding[] }
  | { status: 'absent'; code: ReasonCode; message: string; path: string; line: number }
  /** The file needs the full reader: read again with `readText`. */
  | { status: 'needs-rich'; path: string; line: number };

/**
 * Reads a Markdown document for its fields, sections and tasks. Fields are the scalars of its front matter and lines
 * `Key: value` before the first heading of level 2; where two of one name differ the first counts, with a finding.
 */
export function readDocument(
  path: string,
  text: string,
  readText?: (text: string) => MarkdownReading | Refused,
): DocumentReading {
  const scanned = scanMarkdown(text, { blocks: true });
  if ('refused' in scanned && !readText) return { status: 'needs-rich', path, line: scanned.line };
  const reading = 'refused' in scanned && readText ? readText(text) : scanned;
  if ('refused' in reading) {
    return { status: 'absent', code: 'file.unparsable', message: reading.refused, path, line: reading.line };
  }
  const front = splitText(text).lines.slice(1, Math.max(1, reading.frontMatterLines - 1));
  const { fields, findings } = settleFields([...readFrontMatter(front), ...headFields(reading)], path);
  const lines = (checked: boolean) =>
    reading.tasks.filter((task) => task.checked === checked).map(({ line }) => line);
  const tasks = { open: lines(false), done: lines(true) };
  return {
    status: 'read',
    content: { type: 'document', path, fields, sections: readSections(reading), tasks },
    findings,
  };
}

/** Reads a document, and loads the full Markdown reader only if it is needed. */
export async function readDocumentFile(
  path: string,
  text: string,
): Promise<Exclude<DocumentReading, { status: 'needs-rich' }>> {
  const fast = readDocument(path, text);
  if (fast.status !== 'needs-rich') return fast;
  const full = readDocument(path, text, (await import('./remark.ts')).readWithRemark);
  if (full.status === 'needs-rich') throw new Error('the full reader asked for itself');
  return full;
}

const keyLine = /^([\p{L}_][^:|]{0,63}?)[ \t]*:(?:[ \t]+(.*))?$/u;

function headFields(reading: MarkdownReading): Field[] {
  const end = reading.headings.find(({ level }) => level > 1)?.line ?? Number.POSITIVE_INFINITY;
  const fields: Field[] = [];
  for (const block of reading.blocks) {
    if (block.kind !== 'text' || block.line > end) continue;
    for (const [index, text] of block.lines.entries()) {
      const pair = keyLine.exec(text.trim());
      if (pair)
        fields.push({ name: (pair[1] ?? '').trim(), text: (pair[2] ?? '').trim(), line: block.line + index });
    }
  }
  return fields;
}

type Fields = Record<string, { text: string; line: number }>;

function settleFields(all: readonly Field[], path: string): { fields: Fields; findings: DocumentFinding[] } {
  const fields = Object.create(null) as Fields;
  const findings: DocumentFinding[] = [];
  /** `owner` of front matter and `Owner` of a line mean the same, yet both names can be read. */
  const first = new Map<string, Field>();
  for (const field of all) {
    const before = first.get(field.name.toLowerCase());
    if (!before) first.set(field.name.toLowerCase(), field);
    else if (before.text !== field.text) {
      const message = `the field \`${field.name}\` differs from that in line ${before.line}`;
      findings.push({ code: 'document.conflicting-field', message, path, line: field.line });
    }
    fields[field.name] ??= { text: field.text, line: field.line };
  }
  return { fields, findings };
}

function readSections(reading: MarkdownReading): Fields {
  const sections = Object.create(null) as Fields;
  const pieces = [
    ...reading.blocks.map(({ line, lines }) => ({ line, text: lines.join('\n') })),
    ...reading.tables.map(({ line, header, rows }) => ({ line, text: tableText(header, rows) })),
  ].sort((a, b) => a.line - b.line);
  for (const [index, heading] of reading.headings.entries()) {
    const end = sectionEnd(reading.headings, index);
    const text = pieces
      .filter(({ line }) => line > heading.line && line < end)
      .map((piece) => piece.text)
      .join('\n');
    const before = sections[heading.text];
    // Of two sections of one name the first that holds text counts.
    if (!before || before.text.trim() === '')
      sections[heading.text] = { text: text.trim(), line: heading.line };
  }
  return sections;
}

function sectionEnd(headings: readonly Heading[], index: number): number {
  const level = headings[index]?.level ?? 1;
  return headings.slice(index + 1).find((next) => next.level <= level)?.line ?? Number.POSITIVE_INFINITY;
}

/** A table without rows is no text: its header says only what should stand there. */
function tableText(header: readonly string[], rows: readonly { cells: readonly string[] }[]): string {
  const lines = rows.map(({ cells }) =>
    header
      .map((_, column) => cells[column] ?? '')
      .join(' | ')
      .trim(),
  );
  return lines.filter((line) => /[^| ]/.test(line)).join('\n');
}
