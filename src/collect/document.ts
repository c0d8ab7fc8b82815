import { dayOf } from '../model/calendar.ts';
import type { DocumentContent } from '../model/evidence.ts';
import { day, formatInstant, type Instant, parseInstant } from '../model/instant.ts';
import { readDocumentFile } from '../parse/markdown/readDocument.ts';
import { isDated, listSeries } from '../files/series.ts';
import { decodeText } from '../files/text.ts';
import type { FileFailure } from '../files/workspace.ts';
import { type CollectContext, type Collector, unreadable, unseen } from './collector.ts';

/** `document` evidence: one Markdown file; of a dated series the newest that is not dated after now. */
export const collectDocument: Collector<'document'> = async (spec, context) => {
  const path = newestPath(spec.path, context);
  if (typeof path !== 'string') return unreadable(path, spec.path);
  const file = context.workspace.read(path);
  if (!file.ok) return unreadable(file, path);
  const source = { path: file.path };
  const text = decodeText(file.bytes);
  if (text === undefined) return unseen('file.unparsable', `\`${file.path}\` is not UTF-8`, source);
  const reading = await readDocumentFile(file.path, text);
  if (reading.status === 'absent') {
    return unseen(reading.code, reading.message, { path: reading.path, line: reading.line });
  }
  const madeAt = spec.time === undefined ? undefined : timeIn(reading.content, spec.time);
  // A time that the policy names has to be there: when the file was written says less.
  if (spec.time !== undefined && spec.maxAge !== undefined && madeAt === undefined) {
    return unseen('evidence.undated', `\`${file.path}\` has no time in its field \`${spec.time}\``, source);
  }
  const content = context.hasSecrets ? redacted(reading.content, context) : reading.content;
  return {
    ok: true,
    content,
    source,
    findings: reading.findings,
    ...(madeAt === undefined ? {} : { madeAt }),
  };
};

/** Dates in paths are local dates of the policy's zone; `-2`, `-3`… are later files of one day. */
function newestPath(pattern: string, { workspace, policy, at, now }: CollectContext): string | FileFailure {
  if (!isDated(pattern)) return pattern;
  const series = listSeries(workspace, pattern, true);
  if (!series.ok) return series;
  const today = formatInstant(dayOf(policy.timezone, at ?? now()) * day).slice(0, 10);
  const past = series.files.filter(({ date }) => date <= today.slice(0, date.length));
  const message = `every file that matches \`${pattern}\` is dated after today`;
  return past.at(-1)?.path ?? { ok: false, code: 'file.missing', message };
}

function timeIn({ fields }: DocumentContent, name: string): Instant | undefined {
  return Object.hasOwn(fields, name) ? parseInstant((fields[name]?.text ?? '').trim()) : undefined;
}

type Texts = DocumentContent['fields'];

function redacted(content: DocumentContent, { redactor }: CollectContext): DocumentContent {
  const hide = (texts: Texts): Texts => {
    const hidden = Object.create(null) as Record<string, { text: string; line: number }>;
    for (const [name, { text, line }] of Object.entries(texts)) {
      hidden[redactor.text(name)] = { text: redactor.text(text), line };
    }
    return hidden;
  };
  return { ...content, fields: hide(content.fields), sections: hide(content.sections) };
}
