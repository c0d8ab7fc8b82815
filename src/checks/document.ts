import type { DocumentContent } from '../model/evidence.ts';
import { day, parseDate, parseInstant } from '../model/instant.ts';
import { dayOf } from '../model/calendar.ts';
import type { Citation } from '../model/verdict.ts';
import { citesOf, type Part, worstOf } from './combine.ts';
import type { CheckContext, CheckMember, CheckOf } from './context.ts';
import { isPlaceholder } from './placeholder.ts';

/** `document`: sections, fields, tasks and a date stand in a Markdown document; empty or placeholder text does not count. */
export const document: CheckMember<'document'> = {
  judge(check, context) {
    const item = context.evidence(check.of);
    const cite: Citation = { evidence: check.of, ...item.source };
    if (item.status === 'absent') {
      return { outcome: 'unknown', code: item.code, message: item.message, cites: [cite] };
    }
    const content = item.content;
    if (content.type !== 'document') {
      return {
        outcome: 'unknown',
        code: 'evidence.ill-typed',
        message: `\`${check.of}\` is no document`,
        cites: [cite],
      };
    }
    const parts = [
      ...check.sections.map((name) => judgeText('section', name, content, check.of)),
      ...check.fields.map((name) => judgeText('field', name, content, check.of)),
      ...(check.tasksDone ? [judgeTasks(content, check.of)] : []),
      ...(check.date === undefined ? [] : [judgeDate(check.date, content, check, context)]),
    ];
    const worst = worstOf(parts);
    const open = parts.filter((part) => part.outcome !== 'pass');
    return {
      outcome: worst.outcome,
      code: worst.code,
      message:
        open.length === 0
          ? `\`${content.path}\` holds what is demanded`
          : open.map((p) => p.message).join('; '),
      observed: `${parts.length - open.length} of ${parts.length}`,
      required: `${parts.length} of ${parts.length}`,
      cites: citesOf(open.length > 0 ? open : parts),
    };
  },
  words(check) {
    const demands = [
      ...check.sections.map((name) => `the section \`${name}\``),
      ...check.fields.map((name) => `the field \`${name}\``),
      ...(check.tasksDone ? ['only ticked tasks'] : []),
      ...(check.date === undefined ? [] : [`a date in \`${check.date}\` since the phase began`]),
    ];
    return `\`${check.of}\` has ${demands.join(', ')}`;
  },
};

function judgeText(kind: 'section' | 'field', name: string, content: DocumentContent, id: string): Part {
  const entries = kind === 'section' ? content.sections : content.fields;
  const found = Object.hasOwn(entries, name) ? entries[name] : undefined;
  const cites = [cite(content, id, found?.line)];
  if (!found || found.text.trim() === '') {
    const code = kind === 'section' ? 'document.missing-section' : 'document.missing-field';
    const message = `the ${kind} \`${name}\` is ${found ? 'empty' : 'missing'} in \`${content.path}\``;
    return { outcome: 'fail', code, message, cites };
  }
  if (isPlaceholder(found.text)) {
    const message = `the ${kind} \`${name}\` holds only a placeholder in \`${content.path}\``;
    return { outcome: 'fail', code: 'document.placeholder', message, cites };
  }
  return { outcome: 'pass', code: 'document.complete', message: `the ${kind} \`${name}\` is there`, cites };
}

function judgeTasks(content: DocumentContent, id: string): Part {
  const { open, done } = content.tasks;
  if (open.length === 0 && done.length > 0) {
    return {
      outcome: 'pass',
      code: 'document.complete',
      message: `all ${done.length} tasks are done`,
      cites: [cite(content, id, done[0])],
    };
  }
  const message =
    open.length > 0
      ? `${open.length} tasks are open in \`${content.path}\``
      : `\`${content.path}\` has no task`;
  return { outcome: 'fail', code: 'document.open-tasks', message, cites: [cite(content, id, open[0])] };
}

/** The date must lie between the start of the phase in force and now (semantics section 9). */
function judgeDate(
  name: string,
  content: DocumentContent,
  check: CheckOf<'document'>,
  context: CheckContext,
): Part {
  const text = judgeText('field', name, content, check.of);
  if (text.outcome !== 'pass') return text;
  const written = content.fields[name]?.text.trim() ?? '';
  const { since, phases } = context.timeline;
  const zone = context.policy.timezone;
  const date = parseDate(written);
  const instant = date === undefined ? parseInstant(written) : date * day;
  const cites = text.cites;
  const outside = (message: string): Part => ({
    outcome: 'fail',
    code: 'document.date-outside',
    message,
    cites,
  });
  if (instant === undefined) return outside(`\`${name}\` is no date: \`${written}\``);
  if (phases.length > 0 && since === undefined) {
    return {
      outcome: 'unknown',
      code: 'phase.unknown',
      message: 'it is not known when the phase began',
      cites,
    };
  }
  const toComparable = (at: number) => (date === undefined ? at : dayOf(zone, at) * day);
  if (instant > toComparable(context.now)) return outside(`\`${name}\` lies ahead: \`${written}\``);
  if (since !== undefined && instant < toComparable(since)) {
    return outside(`\`${name}\` lies before the phase began: \`${written}\``);
  }
  return { ...text, message: `\`${name}\` is ${written}` };
}

function cite(content: DocumentContent, evidence: string, line: number | undefined): Citation {
  return line === undefined ? { evidence, path: content.path } : { evidence, path: content.path, line };
}
