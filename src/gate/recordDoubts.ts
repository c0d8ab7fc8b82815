import type { Evidence } from '../model/evidence.ts';
import { nearest } from '../model/nearest.ts';
import type { Policy, RecordSpec } from '../model/policy.ts';
import type { Problem } from '../model/problem.ts';
import type { Reading } from '../model/reading.ts';
import { reasonOf } from '../model/reasonOf.ts';
import type { ReasonCode } from '../model/reasons.ts';
import { readTyped, typeWords } from '../parse/typed.ts';
import { hasResult, type RowMaterial, unsetFlags } from './recordRow.ts';

/** What was asked of a record. */
export interface RecordWish {
  name: string;
  run: boolean;
  /** Whether only `pass` is good enough. */
  fail: boolean;
  init: boolean;
  dryRun: boolean;
  sets: ReadonlyMap<string, string>;
  note?: string;
}

/** What can never be written, whatever is wished. */
export function refuseWish(record: RecordSpec, wish: RecordWish): readonly Problem[] {
  const { name, run, fail, init, dryRun, sets, note } = wish;
  const cells = Object.values(record.cells);
  const refuse = (code: string, message: string, hint: string): Problem => ({
    code,
    message,
    hint,
  });
  const found: Problem[] = [];
  if (init && (run || fail || note !== undefined || sets.size > 0))
    found.push(
      refuse('record/init-alone', '`--init` writes no row', 'leave out --run, --fail, --set and --note'),
    );
  if (run && record.checks.length === 0)
    found.push(refuse('record/no-checks', `the record \`${name}\` has no checks to run`, 'leave out --run'));
  if (fail && !hasResult(record))
    found.push(refuse('record/no-result', `the record \`${name}\` has no result`, 'leave out --fail'));
  if (fail && dryRun)
    found.push(
      refuse(
        'record/dry-fail',
        '`--dry-run` writes nothing, so `--fail` has nothing to judge',
        'leave one out',
      ),
    );
  if (note !== undefined && !cells.includes('$summary'))
    found.push(
      refuse('record/no-summary', `the record \`${name}\` has no cell for a note`, 'leave out --note'),
    );
  return [...found, ...[...sets.keys()].flatMap((column) => refuseColumn(record, name, column))];
}

function refuseColumn(record: RecordSpec, name: string, column: string): readonly Problem[] {
  const cell = Object.hasOwn(record.cells, column) ? record.cells[column] : undefined;
  if (cell === '$input') return [];
  const asked = Object.entries(record.cells).flatMap(([known, one]) => (one === '$input' ? [known] : []));
  const near = nearest(column, asked);
  const known = asked.length === 0 ? 'it takes no --set' : `it takes ${asked.join(', ')}`;
  const message =
    cell === undefined
      ? `the record \`${name}\` has no column \`${column}\``
      : `\`${column}\` is not yours to set: the policy fills it with \`${cell}\``;
  const code = cell === undefined ? 'record/unknown-column' : 'record/fixed-column';
  return [{ code, message, hint: near === undefined ? known : `did you mean \`${near}\`?` }];
}

/** What stops a record before its first check, unless it is wished `--anyway` (semantics section 8). */
export function findDoubts(
  material: RowMaterial,
  {
    policy,
    evidence,
    refusals,
  }: { policy: Policy; evidence: readonly Evidence[]; refusals: readonly Refused[] },
): readonly Problem[] {
  const { record } = material;
  return [
    ...doubtLog(record, evidence),
    ...doubtFlags(material),
    ...doubtSets(material),
    ...refusals.map(({ id, message, code }) => ({
      code: 'record/check-cannot-count',
      message: `\`${id}\` cannot count: ${message} (${code})`,
      hint: todo[code] ?? `look at \`${id}\` in ${policy.path}`,
    })),
  ];
}

interface Refused {
  id: string;
  code: string;
  message: string;
}

const todo: Readonly<Record<string, string>> = {
  'evidence.dirty-tree': 'commit or stash the changes first',
  'command.not-started': 'install it, or correct `run:` in the policy',
};

function doubtLog({ log }: RecordSpec, evidence: readonly Evidence[]): readonly Problem[] {
  const item = evidence.find(({ id }) => id === log);
  // A log that is not there yet begins with this row.
  if (item?.status !== 'absent' || item.code === 'file.missing') return [];
  const { path, line } = item.source;
  const at = path !== undefined && line !== undefined ? { at: { path, line, column: 1 } } : {};
  return [
    {
      code: 'record/unreadable-log',
      message: `the log \`${log}\` cannot be read: ${item.message} (${item.code})`,
      ...at,
      hint: 'mend the log first; while it cannot be read no rule over it passes',
    },
  ];
}

function doubtFlags(material: RowMaterial): readonly Problem[] {
  const { record, judged, strict } = material;
  // What a command will tell is not there before it has run; then the row says what it is.
  const columns = unsetFlags(material).filter(
    (column) => !strict || codeOf(judged.readings.get(column)) !== 'command.not-run',
  );
  return columns.map((column) => {
    const reading = judged.readings.get(column);
    const code = codeOf(reading);
    const path = record.cells[column] ?? '';
    const why =
      reading?.known === false
        ? (reading.message ?? reading.code)
        : `its value fits no cell of \`${column}\``;
    return {
      code: 'record/flag-unset',
      message: `\`${path}\` is not known: ${why}`,
      hint:
        code === undefined || code.startsWith('env.')
          ? 'set it where this process sees it, or name its file with --env-file'
          : reasonOf(code).todo,
    };
  });
}

function codeOf(reading: Reading | undefined): ReasonCode | undefined {
  return reading?.known === false ? (reading.code as ReasonCode) : undefined;
}

function doubtSets({ record, log, sets }: RowMaterial): readonly Problem[] {
  return Object.entries(record.cells).flatMap(([column, cell]) => {
    if (cell !== '$input') return [];
    const text = sets.get(column);
    const type = log.columns[column] ?? { type: 'string' as const };
    if (text === undefined || text.trim() === '') {
      const words = type.oneOf ? type.oneOf.join(' | ') : 'TEXT';
      const hint = `add --set '${column}=${words}'`;
      return [{ code: 'record/missing-value', message: `the column \`${column}\` needs a value`, hint }];
    }
    if (readTyped(text.trim(), type) !== undefined) return [];
    const near = nearest(text, type.oneOf ?? []);
    const message = `\`${column}\` is \`${text}\`, which is not ${typeWords(type)}`;
    return [
      {
        code: 'record/ill-typed',
        message,
        hint: near === undefined ? 'write one that fits' : `did you mean \`${near}\`?`,
      },
    ];
  });
}
