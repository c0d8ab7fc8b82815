import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseExposition } from '../../../src/parse/samples/exposition.ts';
import type { TextFormat } from '../../../src/parse/samples/line.ts';
import { parseMetricsText } from '../../../src/parse/samples/metricsText.ts';
import { readDecimal, readValue } from '../../../src/parse/samples/number.ts';
import { parseOpenMetrics } from '../../../src/parse/samples/openmetrics.ts';

const name = 'requests_total';
const escape = (text: string) => text.replace(/[\\"\n]/g, (one) => (one === '\n' ? '\\n' : `\\${one}`));

interface Line {
  labels: Readonly<Record<string, string>>;
  value: number;
  /** Seconds. */
  time?: number;
  exemplar: boolean;
}

const hostile = fc.constantFrom(
  '\\',
  '"',
  '\n',
  '\\n',
  '}',
  '{',
  ' # ',
  ',',
  '=',
  '# EOF',
  '\u2028',
  '',
  '☃',
);
const text = fc.array(fc.oneof(hostile, fc.string({ maxLength: 5, unit: 'binary' })), { maxLength: 4 });
const labelValue = text.map((parts) => parts.join('').replaceAll('\r', ''));
const line: fc.Arbitrary<Line> = fc.record(
  {
    labels: fc.dictionary(fc.constantFrom('a', 'b', 'le', '_x9'), labelValue, { noNullPrototype: true }),
    value: fc.oneof(fc.nat(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
    time: fc.nat({ max: 4_000_000_000 }),
    exemplar: fc.boolean(),
  },
  { requiredKeys: ['labels', 'value', 'exemplar'] },
);
/** Lines with different labels, so that they are different series. */
const lines = fc.uniqueArray(line, {
  minLength: 1,
  maxLength: 8,
  selector: ({ labels }) => JSON.stringify(Object.entries(labels).sort()),
});

function write(all: readonly Line[], format: TextFormat): string {
  const open = format === 'openmetrics';
  const body = all.map(({ labels, value, time, exemplar }) => {
    const pairs = Object.entries(labels).map(([key, label]) => `${key}="${escape(label)}"`);
    const stamp = time === undefined ? '' : ` ${open ? time : time * 1000}`;
    const trace = open && exemplar ? ' # {trace="a # \\" b"} 0.5 1' : '';
    return `${name}{${pairs.join(',')}} ${value}${stamp}${trace}\n`;
  });
  const head = `# HELP ${open ? 'requests' : name} How "many" \\\\ \\n there were.\n# TYPE ${open ? 'requests' : name} counter\n`;
  return `${head}${body.join('')}${open ? '# EOF\n' : ''}`;
}

const readers = { prometheus: parseExposition, openmetrics: parseOpenMetrics } as const;

describe.each(['prometheus', 'openmetrics'] as const)('%s', (format) => {
  const read = (source: string) => readers[format](source, name);

  it('gives back what was written, whatever the labels hold', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const reading = read(write(all, format));
        expect(
          reading.ok && reading.points.map(({ labels, value }) => [Object.fromEntries(labels), value]),
        ).toEqual(all.map(({ labels, value }) => [labels, value]));
        const unit = format === 'openmetrics' ? 1 : 1000;
        expect(reading.ok && reading.points.map(({ time }) => time && Number(time) / unit)).toEqual(
          all.map(({ time }) => time),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('never takes a part for the whole', () => {
    fc.assert(
      fc.property(lines, fc.nat(), (all, cut) => {
        const whole = write(all, format);
        const part = whole.slice(0, cut % (whole.length - 1));
        const reading = read(part);
        // The older format has no end; of it whole lines can be missing, but no part of one.
        if (format === 'openmetrics') expect(reading.ok).toBe(false);
        else expect(reading.ok).toBe(part === '' || part.endsWith('\n'));
      }),
      { numRuns: 200 },
    );
  });

  it('takes any text, and does not throw', () => {
    const odd = fc.array(
      fc.oneof(hostile, fc.constantFrom(name, '# TYPE ', ' 1', '\t', '\r\n'), fc.string()),
    );
    fc.assert(
      fc.property(odd, (parts) => {
        expect(typeof read(parts.join('')).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['backslashes', `${name}{a="${'\\'.repeat(1 << 18)}`],
    ['quotes', `${name}{a=${'"'.repeat(1 << 18)}`],
    ['pairs', `${name}{${'a="",'.repeat(1 << 16)}`],
    ['digits', `${name} ${'1'.repeat(1 << 18)}x`],
    ['blanks', `${name}${' '.repeat(1 << 18)}`],
    ['comments', '# \n'.repeat(1 << 16)],
    ['samples', 'a 1\n'.repeat(1 << 16)],
  ])('takes time in proportion: %s', (_, source) => {
    const start = performance.now();
    read(`${source}\n# EOF\n`);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('numbers', () => {
  test('are what JavaScript writes, back and forth', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readDecimal(String(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  test.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '0x1',
    '1_0',
    '1,0',
    '1e',
    'e1',
    '.',
    '+',
    '--1',
    '1n',
    '٣',
    '1e999',
    '-1e999',
    '0b1',
  ])('`%s` is none', (source) => {
    expect(readValue(source)).toBeUndefined();
  });

  test.each(['NaN', 'nan', '+Inf', '-Inf', 'Inf', 'infinity'])('`%s` is no finite one', (source) => {
    expect(readValue(source)).toEqual({});
  });
});

describe('what a format means', () => {
  const read = (source: string, format: TextFormat) =>
    parseMetricsText(source, { spec: { name, labels: {} }, format, takenAt: 5 });

  it('is milliseconds in one and seconds in the other', () => {
    expect(read(`${name} 1 2500\n`, 'prometheus')).toMatchObject({ series: [{ samples: [{ time: 2500 }] }] });
    expect(read(`# TYPE requests counter\n${name} 1 2.5\n# EOF\n`, 'openmetrics')).toMatchObject({
      series: [{ samples: [{ time: 2500 }] }],
    });
  });

  it('leaves lines that tell when a series was created alone', () => {
    const source = `# TYPE requests counter\n${name} 1\nrequests_created 1.7e9\n# EOF\n`;
    expect(read(source, 'openmetrics')).toMatchObject({ series: [{ samples: [{ time: 5, value: 1 }] }] });
  });
});
