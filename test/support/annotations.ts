/** One workflow command as GitHub's runner reads it. */
export interface Annotation {
  kind: string;
  properties: Readonly<Record<string, string>>;
  message: string;
}

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|##[a-z]*\[/iu;

/**
 * Reads workflow commands as the runner does (the command up to the second `::`, properties parted by commas, escapes
 * turned back). Throws if a line is none of the three that draw annotations.
 */
export function annotationsIn(text: string): readonly Annotation[] {
  if (!text.endsWith('\n')) throw new Error('no line break at the end');
  return text.slice(0, -1).split('\n').map(annotationIn);
}

function annotationIn(line: string): Annotation {
  if (!line.startsWith('::') || hidden.test(line)) throw new Error(`not ours: ${line}`);
  const end = line.indexOf('::', 2);
  const head = line.slice(2, end);
  const kind = head.slice(0, head.indexOf(' '));
  const list = head.slice(head.indexOf(' ') + 1);
  if (end < 0 || !['error', 'warning', 'notice'].includes(kind)) throw new Error(`no annotation: ${line}`);
  const properties = Object.fromEntries(
    list.split(',').map((pair) => {
      const at = pair.indexOf('=');
      const value = unescaped(
        pair
          .slice(at + 1)
          .replaceAll('%3A', ':')
          .replaceAll('%2C', ','),
      );
      return [pair.slice(0, at), value];
    }),
  );
  return { kind, properties, message: unescaped(line.slice(end + 2)) };
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
