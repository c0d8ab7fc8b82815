import { nearest } from '../../model/nearest.ts';
import { columnType } from '../../model/paths.ts';
import { pointTo } from '../../model/pointer.ts';
import type { LogSpec, RecordSpec } from '../../model/policy.ts';
import { didYouMean } from '../../parse/yaml/problem.ts';
import { findEvidence } from './checks.ts';
import { findLog, type Ground } from './ground.ts';
import { unknownColumn } from './logic.ts';
import { checkPath } from './paths.ts';
import { typeOfPath } from './types.ts';

const variables = ['$now', '$result', '$summary', '$input'];
const results = ['pass', 'fail', 'not-run'];

/** Checks what `record` and `--report` write. */
export function checkRecords(ground: Ground): void {
  for (const [name, record] of Object.entries(ground.policy.records)) {
    const pointer = pointTo('/records', name);
    record.checks.forEach((id, index) => {
      findEvidence(ground, id, {
        pointer: pointTo(pointer, 'checks', index),
        kinds: ['command', 'junit', 'ctrf', 'sarif'],
      });
    });
    const log = findLog(ground, record.log, `${pointer}/log`);
    if (log) checkCells(ground, record, { log, pointer: `${pointer}/cells` });
  }
  for (const [name, report] of Object.entries(ground.policy.reports)) {
    checkPath(ground, report.path, { pointer: pointTo('/reports', name, 'path'), dated: true });
  }
}

interface RecordAt {
  log: LogSpec;
  pointer: string;
}

function checkCells(ground: Ground, record: RecordSpec, at: RecordAt): void {
  for (const [column, cell] of Object.entries(record.cells))
    checkCell(ground, { column, cell, id: record.log }, at);
  const { log, pointer } = at;
  for (const column of [log.time.column, ...Object.keys(log.columns)]) {
    if (Object.hasOwn(record.cells, column)) continue;
    const message = `the record leaves the column \`${column}\` of \`${record.log}\` empty`;
    ground.report({
      code: 'policy/missing-cell',
      message,
      pointer,
      atKey: true,
      hint: `add \`${column}: …\``,
    });
  }
  const time = record.cells[log.time.column];
  if (time === undefined || time === '$now') return;
  const message = `the time column \`${log.time.column}\` is written as \`${time}\``;
  ground.report({
    code: 'policy/bad-value',
    message,
    pointer: pointTo(pointer, log.time.column),
    hint: 'write `$now`',
  });
}

function checkCell(
  ground: Ground,
  item: { column: string; cell: string; id: string },
  { log, pointer }: RecordAt,
): void {
  const { column, cell, id } = item;
  const at = pointTo(pointer, column);
  const type = columnType(log, column, true);
  if (!type) {
    unknownColumn(ground, { column, log: id, spec: log, pointer: at, atKey: true });
    return;
  }
  const ill = (message: string) => ground.report({ code: 'policy/ill-typed', message, pointer: at });
  if (cell.startsWith('$')) {
    if (!variables.includes(cell)) {
      const hint = didYouMean(nearest(cell, variables)) ?? `known: ${variables.join(', ')}`;
      ground.report({ code: 'policy/bad-value', message: `nothing is named \`${cell}\``, pointer: at, hint });
    } else if (cell === '$result' && type.is === 'value') {
      const lacks = results.filter(
        (word) => type.type !== 'string' || (type.oneOf !== undefined && !type.oneOf.includes(word)),
      );
      if (lacks.length > 0)
        ill(`column \`${column}\` cannot hold ${lacks.map((word) => `\`${word}\``).join(', ')}`);
    }
    return;
  }
  const source = typeOfPath(ground, cell, { pointer: at });
  if (!source || source.is === 'any' || type.is !== 'value') return;
  if (source.is === 'rows') ill(`\`${cell}\` is a list of rows, which fits no cell`);
  else if (source.hidden) ill(`\`${cell}\` is kept as present or absent alone, so it cannot be written down`);
  else if (source.type !== type.type && type.type !== 'string') {
    ill(`\`${cell}\` is of type \`${source.type}\`, column \`${column}\` of type \`${type.type}\``);
  }
}
