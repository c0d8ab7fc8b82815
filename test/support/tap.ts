import { parse } from 'yaml';

export interface TapPoint {
  ok: boolean;
  description: string;
  directive?: string;
  diagnostics?: Readonly<Record<string, string>>;
}

/** Text up to its first unescaped `#`, and what stands behind it. */
function atHash(text: string, version: string): readonly string[] {
  const hash = version === '14' ? /^((?:\\[\\#]|\\(?![\\#])|[^#\\])*)#(.*)$/s : /^([^#]*)#(.*)$/s;
  const [, before, after] = hash.exec(text) ?? [];
  return before === undefined || after === undefined ? [text] : [before, after];
}

/** A stream as the specification reads it, line by line; throws where a line is none of it. */
export function tapPoints(stream: string): readonly TapPoint[] {
  const lines = stream.split('\n');
  const version = /^TAP version (1[34])$/.exec(lines[0] ?? '')?.[1] ?? '';
  const plan = Number(/^1\.\.(\d+)$/.exec(lines[1] ?? '')?.[1]);
  const text = (part: string): string =>
    (version === '14' ? part.replace(/\\([\\#])/g, '$1') : part.replaceAll('<U+0023>', '#')).trim();
  const points: TapPoint[] = [];
  for (let at = 2; at < lines.length - 1; at++) {
    const [, not, number, rest = ''] = /^(not )?ok (\d+) - (.*)$/.exec(lines[at] ?? '') ?? [];
    if (Number(number) !== points.length + 1) throw new Error(`line ${at + 1}: ${lines[at] ?? ''}`);
    const [description = '', directive] = atHash(rest, version);
    const point: TapPoint = { ok: not === undefined, description: text(description) };
    if (directive !== undefined) point.directive = text(directive);
    if (lines[at + 1] === '  ---') {
      const end = lines.indexOf('  ...', at);
      point.diagnostics = parse(lines.slice(at + 2, end).join('\n')) as Record<string, string>;
      at = end;
    }
    points.push(point);
  }
  if (points.length !== plan || lines.at(-1) !== '') throw new Error(`${points.length} of ${plan} points`);
  return points;
}
