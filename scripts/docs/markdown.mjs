// What the generated pages share: tables and where they come from.

/** A pipe would end the cell, in code as well. */
export const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

export function table(header, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

export const code = (text) => (String(text).includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

/** A page that nobody writes by hand. `from` is the file it is made of. */
export function page(title, from, ...parts) {
  const note = `<!-- Made from ${from} by \`npm run docs:generate\`; do not edit. -->`;
  return `${[`# ${title}`, note, ...parts].join('\n\n')}\n`;
}
