/** The forms of a secret that must be found (R23), by name: what a program might print instead of the secret itself. */
export const forms: Readonly<Record<string, (secret: string) => string>> = {
  raw: (s) => s,
  'URL-encoded': (s) => encodeURIComponent(s),
  'URL-encoded in lower case': (s) => encodeURIComponent(s).replace(/%../g, (p) => p.toLowerCase()),
  'URL-encoded throughout': (s) => [...Buffer.from(s)].map((b) => `%${hex2(b).toUpperCase()}`).join(''),
  'URL-encoded twice': (s) => encodeURIComponent(encodeURIComponent(s)),
  'form-encoded': (s) => new URLSearchParams({ k: s }).toString().slice(2),
  'JSON-escaped': json,
  'JSON-escaped twice': (s) => json(json(s)),
  'JSON-escaped three times': (s) => json(json(json(s))),
  '\\u-escapes': (s) => units(s, (u) => `\\u${hex4(u)}`),
  '\\u-escapes in upper case': (s) => units(s, (u) => `\\u${hex4(u).toUpperCase()}`),
  '\\x-escapes': (s) => [...Buffer.from(s)].map((b) => `\\x${hex2(b)}`).join(''),
  'HTML-escaped by name': html,
  'HTML-escaped in decimal': (s) => [...s].map((c) => `&#${c.codePointAt(0)};`).join(''),
  'HTML-escaped in hexadecimal': (s) => [...s].map((c) => `&#x${c.codePointAt(0)?.toString(16)};`).join(''),
  'HTML-escaped twice': (s) => html(html(s)),
  hexadecimal: (s) => Buffer.from(s).toString('hex'),
  'hexadecimal in upper case': (s) => Buffer.from(s).toString('hex').toUpperCase(),
  'hexadecimal with separators': (s) => [...Buffer.from(s)].map(hex2).join(':'),
  'base64 in short lines': (s) =>
    (
      Buffer.from(s)
        .toString('base64url')
        .match(/.{1,20}/g) ?? []
    ).join('\n'),
  'in single quotes of a shell': (s) => s.replaceAll("'", "'\\''"),
  'doubled quotes (CSV, SQL)': (s) => s.replaceAll('"', '""').replaceAll("'", "''"),
  'with CRLF and indented': (s) => s.replaceAll('\n', '\r\n    '),
  'with colours in between': (s) => [...s].join('\u001b[1;31m'),
  'with zero-width characters in between': (s) => [...s].join('\u200b\ufeff\u00ad'),
};

function json(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const names: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function html(text: string): string {
  return text.replace(/[&<>"']/g, (c) => names[c] as string);
}

function units(text: string, write: (unit: number) => string): string {
  return Array.from({ length: text.length }, (_, i) => write(text.charCodeAt(i))).join('');
}

function hex2(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function hex4(unit: number): string {
  return unit.toString(16).padStart(4, '0');
}
