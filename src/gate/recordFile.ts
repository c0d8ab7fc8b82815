import { listSeries, pathOfDay, seriesMatcher } from '../files/series.ts';
import { dayOf, formatDay } from '../model/calendar.ts';
import type { Instant } from '../model/instant.ts';
import type { LogFileRequest, RowRequest } from '../record/request.ts';
import type { RecordGround } from './recordGround.ts';
import { isOfRun, type MadeRow, type RowMaterial } from './recordRow.ts';

/** The file that the log is written to on the day of an instant, with the head of a new one. */
export function fileRequest(
  { request, loaded, record: spec, log }: RecordGround,
  at: Instant,
): LogFileRequest {
  const { policy, root } = loaded;
  const path = pathOfDay(log.path, formatDay(dayOf(policy.timezone, at)));
  const date = seriesMatcher(log.path)(path)?.date ?? '';
  return {
    root,
    path,
    spec: log,
    zone: policy.timezone,
    title: `${policy.title}: ${spec.log}${date === '' ? '' : ` ${date}`}`,
    fields: [['Policy', policy.name]],
    columns: Object.keys(spec.cells),
    makeTable: request.anyway,
    at,
    wait: request.wait,
  };
}

/** The row with the file it goes to; one of the same run, there or in the file before, keeps it from being written twice. */
export function rowRequest(ground: RecordGround, { at }: RowMaterial, { cells }: MadeRow): RowRequest {
  const { loaded, record: spec, log, run } = ground;
  const file = fileRequest(ground, at);
  const summary = Object.keys(spec.cells).find((column) => spec.cells[column] === '$summary');
  const series = listSeries(loaded.workspace, log.path);
  const date = seriesMatcher(log.path)(file.path)?.date ?? '';
  const before = series.ok ? series.files.findLast((one) => one.date < date)?.path : undefined;
  return {
    ...file,
    cells,
    ...(before === undefined ? {} : { before }),
    ...(run === undefined || summary === undefined
      ? {}
      : { key: { column: summary, holds: (text: string) => isOfRun(text, run) } }),
  };
}
