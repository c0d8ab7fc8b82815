import { resolve } from 'node:path';
import type { Checked } from '../gate/check.ts';
import { type DeclaredReport, declaredReport } from '../gate/reports.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import { type Format, formats, render, type RenderOptions } from '../report/index.ts';
import { type Given, has, type OptionSpec, type ResultFile, valuesOf } from './command.ts';

/** `--report NAME`, of every command that judges. */
export const reportOption: OptionSpec = {
  flags: '--report <name>',
  text: 'write a report that the policy declares; repeatable',
  repeat: true,
};

/** What belongs to one format alone, of every command that draws verdicts. */
export const formatOptions: readonly OptionSpec[] = [
  {
    flags: '--junit-file',
    text: 'name the file of each rule in JUnit reports, for services that ask for it; the schemas of JUnit do not know it',
  },
];

export function formatStyle(given: Given): Partial<RenderOptions> {
  return has(given, 'junit-file') ? { junitFile: true } : {};
}

/** The reports that were asked for, each of every verdict. */
export function reportFiles(given: Given, checked: () => readonly Checked[]): Result<readonly ResultFile[]> {
  const names = [...new Set(valuesOf(given, 'report'))];
  if (names.length === 0) return ok([]);
  const all = checked();
  const wanted = names.flatMap((name) => all.map((one) => ({ one, report: declaredReport(name, one) })));
  const bad = wanted.flatMap(({ report }) => (report.ok ? unknownFormat(report.value) : report.problems));
  if (bad.length > 0) return problems(...bad);
  return ok(wanted.flatMap(({ one, report }) => (report.ok ? [resultFile(one, report.value)] : [])));
}

function unknownFormat({ format, path }: DeclaredReport): readonly Problem[] {
  if ((formats as readonly string[]).includes(format)) return [];
  return [
    {
      code: 'usage/unknown-format',
      message: `\`${path}\` is declared in the format \`${format}\`, which this version cannot draw`,
      hint: `formats are ${formats.join(', ')}`,
    },
  ];
}

function resultFile({ verdict, root }: Checked, { format, path }: DeclaredReport): ResultFile {
  const draw = () => render(format as Format, [verdict], { keptAt: path });
  return { file: resolve(root, path), shown: path, draw };
}
