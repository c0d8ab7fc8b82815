import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryWorkspace } from '../../../src/files/memory.ts';
import { minute } from '../../../src/model/instant.ts';
import type { MetricsTextSpec } from '../../../src/model/policy.ts';
import type { ReasonCode } from '../../../src/model/reasons.ts';
import { type Handler, type Running, startServer } from '../../support/server.ts';
import { noon } from '../policy.ts';
import { look, serverAt } from './samples.ts';

let server: Running;
let answer: Handler;

beforeAll(async () => {
  server = await startServer((request, response) => answer(request, response));
});
afterAll(() => server.close());

const plain = 'text/plain; version=0.0.4; charset=utf-8';
const open = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

const part: Pick<MetricsTextSpec, 'kind' | 'step' | 'name' | 'labels'> = {
  kind: 'metrics-text',
  step: minute,
  name: 'errors',
  labels: {},
};

function ask(text: string, type: string, more: Partial<MetricsTextSpec> = {}) {
  answer = (_, response) => void response.writeHead(200, { 'Content-Type': type }).end(text);
  return look({ ...part, server: serverAt(server.url), ...more }, { clock: () => noon });
}

function read(text: string, more: Partial<MetricsTextSpec> = {}) {
  const workspace = memoryWorkspace({ 'm.prom': text });
  return look({ ...part, path: 'm.prom', ...more }, { clock: () => noon, workspace });
}

const samplesOf = ({ item }: Awaited<ReturnType<typeof read>>) =>
  item.status === 'observed' && item.content.type === 'samples' ? item.content.samples : item;

const two = 'errors{pod="a"} 3\nerrors{pod="b"} 4\nother 9\n';
const seconds = noon / 1000;

describe('metrics of an exporter', () => {
  it.each([
    ['the older format', 'errors 3\n', plain],
    ['a type without a version', 'errors 3\n', 'text/plain'],
    ['OpenMetrics', 'errors 3\n# EOF\n', open],
  ])('%s', async (_, text, type) => {
    expect(samplesOf(await ask(text, type))).toEqual([{ time: noon, value: 3 }]);
  });

  it('are chosen by labels, or become one', async () => {
    expect(samplesOf(await ask(two, plain, { labels: { pod: 'b' } }))).toEqual([{ time: noon, value: 4 }]);
    expect(samplesOf(await ask(two, plain, { reduce: 'sum' }))).toEqual([{ time: noon, value: 7 }]);
    expect(samplesOf(await ask(two, plain, { reduce: 'avg' }))).toEqual([{ time: noon, value: 3.5 }]);
    expect(samplesOf(await ask(two, plain, { reduce: 'max' }))).toEqual([{ time: noon, value: 4 }]);
    expect(samplesOf(await ask(two, plain, { reduce: 'min' }))).toEqual([{ time: noon, value: 3 }]);
  });

  it('have no value where a part has none', async () => {
    const text = `${two}errors{pod="c"} NaN\n`;
    expect(samplesOf(await ask(text, plain, { reduce: 'max' }))).toEqual([{ time: noon }]);
    const times = `errors{pod="a"} 3 ${noon}\nerrors{pod="b"} 3 ${noon}\nerrors{pod="a"} 9 ${noon - 1}\n`;
    expect(samplesOf(await ask(times, plain, { reduce: 'sum' }))).toEqual([
      { time: noon - 1 },
      { time: noon, value: 6 },
    ]);
  });

  it.each<[string, string, string, ReasonCode]>([
    ['HTML', '<h1>Sign in</h1>', 'text/html', 'server.bad-answer'],
    ['JSON', '{}', 'application/json', 'server.bad-answer'],
    ['no type', 'errors 3\n', '', 'server.bad-answer'],
    ['a later version', 'errors 3\n', 'text/plain; version=1.0.0', 'server.bad-answer'],
    ['protocol buffers', 'x', 'application/vnd.google.protobuf', 'server.bad-answer'],
    ['HTML as text', '<h1>Sign in</h1>\n', plain, 'server.bad-answer'],
    ['half a line', 'errors 3', plain, 'server.bad-answer'],
    ['OpenMetrics without its end', 'errors 3\n', open, 'server.bad-answer'],
    ['a broken line elsewhere', 'errors 3\n}{\n', plain, 'server.bad-answer'],
    ['no UTF-8', 'errors{a="\u00ff"} 3\n', `${plain} latin1`, 'server.bad-answer'],
    ['nothing', '', plain, 'samples.none'],
    ['another metric', 'error 3\n', plain, 'samples.none'],
    ['several series', two, plain, 'samples.several-series'],
    ['one series twice', 'errors 3\nerrors 4\n', plain, 'samples.bad-time'],
    ['a sample of yesterday', `errors 3 ${noon - 86_400_000}\n`, plain, 'samples.none'],
    ['seconds for milliseconds', `errors 3 ${seconds}\n`, plain, 'samples.none'],
    ['milliseconds for seconds', `errors 3 ${noon}\n# EOF\n`, open, 'samples.bad-time'],
    ['a time beyond any calendar', 'errors 3 9999999999999999\n', plain, 'samples.bad-time'],
    ['a hexadecimal number', 'errors 0x3\n', plain, 'server.bad-answer'],
  ])('%s is refused', async (_, text, type, code) => {
    const latin = type.endsWith('latin1');
    answer = (_request, response) => {
      const headers = type === '' ? {} : { 'Content-Type': type.replace(' latin1', '') };
      response.writeHead(200, headers).end(latin ? Buffer.from(text, 'latin1') : text);
    };
    const { item, decision } = await look({ ...part, server: serverAt(server.url) }, { clock: () => noon });
    expect(item).toMatchObject({ status: 'absent', code });
    expect(decision).toBe('hold');
  });

  it('are refused where nothing tells their end', async () => {
    const unframed = (type: string, text: string): Handler => {
      return (_, response) =>
        void response.socket?.end(`HTTP/1.0 200 OK\r\nContent-Type: ${type}\r\n\r\n${text}`);
    };
    const asked = { ...part, server: serverAt(server.url) };
    answer = unframed(plain, 'errors 3\n');
    expect((await look(asked, { clock: () => noon })).item).toMatchObject({ code: 'server.bad-answer' });
    answer = unframed(open, 'errors 3\n# EOF\n');
    expect((await look(asked, { clock: () => noon })).item.status).toBe('observed');
  });
});

describe('metrics of a file', () => {
  it('need timestamps where nobody knows when it was written', async () => {
    expect((await read('errors 3\n')).item).toMatchObject({ status: 'absent', code: 'evidence.undated' });
    expect(samplesOf(await read(`errors 3 ${noon}\n`))).toEqual([{ time: noon, value: 3 }]);
  });

  it('are as old as their newest sample, and may hold a history', async () => {
    const text = [3, 2, 1].map((ago) => `errors ${ago} ${seconds - ago * 60}\n`).join('');
    const { item } = await read(`${text}# EOF\n`);
    expect(item).toMatchObject({
      status: 'observed',
      collectedAt: noon - minute,
      source: { path: 'm.prom', line: 1 },
    });
    expect(samplesOf({ item } as never)).toHaveLength(3);
  });

  it.each<[string, string]>([
    ['a unit', `# UNIT errors errors\nerrors 3 ${noon}\n`],
    ['a counter named without `_total`', `# TYPE a counter\na_total 1 ${noon}\nerrors 3 ${noon}\n`],
    ['a bare `_created`', `# TYPE a summary\na_count 1\na_created{x="y"} 1\nerrors 3 ${noon}\n`],
    ['an exemplar', `errors 3 ${noon}\na_bucket{le="1"} 1 # {trace="x"} 1\n`],
    ['a type of its own', `# TYPE a info\nerrors 3 ${noon}\n`],
  ])('that are OpenMetrics by %s are refused where `# EOF` is missing', async (_, text) => {
    expect((await read(text)).item).toMatchObject({ status: 'absent', code: 'file.unparsable' });
  });

  it('are of the older format with all that it may say', async () => {
    const types = '# TYPE a_total counter\na_total 1\n# TYPE a_created gauge\na_created 1\nb_total 1\n';
    const text = `${types}# HELP errors # UNIT\nerrors 3 ${noon}\n`;
    expect(samplesOf(await read(text))).toEqual([{ time: noon, value: 3 }]);
  });

  it.each<[string, string, ReasonCode]>([
    ['is broken', 'errors 3\n\u0000{\n', 'file.unparsable'],
    ['is cut off', `errors 3 ${noon}`, 'file.unparsable'],
    ['has another metric', `error 3 ${noon}\n`, 'samples.none'],
  ])('one that %s is refused', async (_, text, code) => {
    expect((await read(text)).item).toMatchObject({ status: 'absent', code });
  });

  it('that is not there is refused', async () => {
    expect((await read('', { path: 'none.prom' })).item).toMatchObject({ code: 'file.missing' });
  });

  it('counts when looking back', async () => {
    const workspace = memoryWorkspace({ 'm.prom': `errors 3 ${noon}\n` });
    const { item } = await look({ ...part, path: 'm.prom' }, { at: noon, clock: () => noon, workspace });
    expect(item.status).toBe('observed');
  });
});
