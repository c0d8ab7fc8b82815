import { parseDate, parseInstant } from './instant.ts';
import type { Format } from './policy.ts';

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const host = new RegExp(`^${label}(?:\\.${label})*\\.?$`);
// RFC 3986 appendix A: a scheme, then only characters that may stand in a URI; percent signs in pairs of digits.
const uri = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$/;
const authority = /^https?:\/\/(?:[^/?#@]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^/?#@:[\]]+)(?::[0-9]{1,5})?(?:[/?#]|$)/i;
const semver = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** Whether a text has a format. Lengths are capped at 2048 characters, so that no text can cost much. */
export function holdsFormat(format: Format, text: string): boolean {
  if (text.length > 2048) return false;
  switch (format) {
    case 'uri':
      return uri.test(text) && (!/^https?:/i.test(text) || authority.test(text));
    case 'https-uri':
      return /^https:/i.test(text) && uri.test(text) && authority.test(text);
    case 'hostname':
      return text.length <= 253 && host.test(text);
    case 'email':
      return /^[^\s@"]{1,64}@[^\s@]+$/.test(text) && host.test(text.slice(text.indexOf('@') + 1));
    case 'uuid':
      return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
    case 'sha256':
      return /^(?:sha256:)?[0-9a-f]{64}$/.test(text);
    case 'git-commit':
      return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
    case 'date':
      return parseDate(text) !== undefined;
    case 'date-time':
      return parseInstant(text) !== undefined;
    case 'semver':
      return semver.test(text);
  }
}
