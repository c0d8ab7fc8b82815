/** The cells of a CSV file (RFC 4180); throws where it is not one. */
export function csvRows(file: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let at = 0;
  let row: string[] = [];
  while (at < file.length) {
    const [all, quoted] = /^"((?:[^"]|"")*)"/.exec(file.slice(at)) ?? [];
    if (all === undefined || quoted === undefined) throw new Error(`no cell at ${at}`);
    row.push(quoted.replaceAll('""', '"'));
    at += all.length;
    if (file.startsWith(',', at)) at += 1;
    else if (file.startsWith('\r\n', at)) {
      at += 2;
      rows.push(row);
      row = [];
    } else throw new Error(`no end of a cell at ${at}`);
  }
  return rows;
}

/** What OWASP names: cells that a spreadsheet takes for a formula begin so. */
export const looksLikeFormula = /^\s*['"]?\s*[=+\-@\t\r＝＋－＠]/u;
