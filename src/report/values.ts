import { hour, minute, second } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import { glue, span } from './when.ts';

/** Values as people read them: `5 days`, `20 h`, `hybrid`, `AUTH_MODE = shadow`. */
export function amount(value: Json, unit: string | undefined): string {
  if (typeof value === 'number') {
    if (unit === 'seconds') return elapsed(value * second);
    return unit === undefined ? String(value) : `${value} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
  }
  return valueText(value);
}

/** `5 of 7 days`, `20 h of 24 h`; undefined unless both are numbers of one unit. */
export function progress(observed: Json, required: Json, unit: string | undefined): string | undefined {
  if (typeof observed !== 'number' || typeof required !== 'number' || unit === undefined) return undefined;
  if (unit === 'seconds')
    return `${observed === 0 ? '0' : amount(observed, unit)} of ${amount(required, unit)}`;
  return `${observed} of ${amount(required, unit)}`;
}

/** Up to three days stay in hours, since soaks are spoken of in hours. */
function elapsed(duration: number): string {
  if (duration >= 72 * hour || duration < hour) return span(duration);
  const minutes = Math.floor((duration % hour) / minute);
  return `${Math.floor(duration / hour)}${glue}h${minutes > 0 ? `${glue}${minutes}${glue}min` : ''}`;
}

export function valueText(value: Json): string {
  if (typeof value === 'string') return value === '' ? '(empty text)' : value;
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '(empty list)' : value.map(valueText).join(', ');
  const entries = Object.entries(value as { readonly [key: string]: Json });
  if (entries.length === 0) return '(nothing)';
  return entries.map(([key, item]) => `${key} = ${valueText(item)}`).join(', ');
}

/** Three significant digits are what an eye takes in. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
