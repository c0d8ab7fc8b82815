import { formatInstant } from '../model/instant.ts';
import { escapeCell, formatRow } from '../parse/markdown/write.ts';
import type { LogFileRequest } from './request.ts';
import { lineEndAt, textLines } from './textLines.ts';

/** A log without rows: title, header lines, heading, table. */
export function newLogFile(request: LogFileRequest): string {
  const fields = [...request.fields, ['Last Updated', formatInstant(request.at)] as const];
  const lines = fields.map(([name, value]) => `${name}: ${escapeCell(value)}  `);
  return [`# ${escapeCell(request.title)}`, '', ...lines, '', emptyTable(request, '\n')].join('\n');
}

/** A text with the heading and the table of the log at its end. */
export function addTable(text: string, request: LogFileRequest): string {
  const lines = textLines(text);
  const last = lines.at(-1);
  const eol = lineEndAt(text, lines, lines.length - 1);
  const gap = last === undefined ? '' : last.next > last.end ? eol : eol + eol;
  return text + gap + emptyTable(request, eol);
}

function emptyTable({ spec, columns }: LogFileRequest, eol: string): string {
  const delimiter = `|${columns.map(() => ' --- |').join('')}`;
  return [`## ${escapeCell(spec.table)}`, '', formatRow(columns), delimiter, ''].join(eol);
}
