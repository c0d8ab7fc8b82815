import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseExposition } from '../../src/parse/samples/exposition.ts';
import { parseOpenMetrics } from '../../src/parse/samples/openmetrics.ts';

const folder = new URL('../../../shared/standards/prometheus/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

interface Case {
  name: string;
  shouldParse: boolean;
  metrics: string;
}

const cases = JSON.parse(read('openmetrics-parser-cases.json')) as readonly Case[];

describe('OpenMetrics', () => {
  test('there are 211 cases, 44 of them good', () => {
    expect(cases).toHaveLength(211);
    expect(cases.filter(({ shouldParse }) => shouldParse)).toHaveLength(44);
  });

  test.each(cases)('$name', ({ metrics, shouldParse }) => {
    expect(parseOpenMetrics(metrics, 'a').ok).toBe(shouldParse);
  });
});

describe('the text format 0.0.4', () => {
  const corpus = readdirSync(new URL('expfmt/corpus/', folder));

  test('there are 26 cases, 20 of them bad', () => {
    expect(corpus).toHaveLength(26);
    expect(corpus.filter((name) => name.includes('error'))).toHaveLength(20);
  });

  test.each(corpus)('%s', (name) => {
    const good = !name.includes('error');
    expect(parseExposition(read(`expfmt/corpus/${name}`), 'm').ok).toBe(good);
  });

  test('a real scrape', () => {
    const reading = parseExposition(read('expfmt/text.prom'), 'http_request_duration_microseconds_count');
    expect(reading.ok && reading.points.length).toBeGreaterThan(5);
  });
});
