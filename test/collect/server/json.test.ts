import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minute } from '../../../src/model/instant.ts';
import type { HttpSpec } from '../../../src/model/policy.ts';
import type { ReasonCode } from '../../../src/model/reasons.ts';
import { type Running, startServer } from '../../support/server.ts';
import { noon } from '../policy.ts';
import { look, serverAt } from './samples.ts';

let server: Running;
let body: unknown;
let status = 200;

beforeAll(async () => {
  server = await startServer((_, response) => {
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
});
afterAll(() => server.close());

function ask(answer: unknown, more: Partial<HttpSpec> = {}) {
  body = answer;
  const spec: HttpSpec = {
    kind: 'http',
    server: serverAt(`${server.url}/points?key=abc`),
    step: minute,
    samples: '/data',
    time: '/t',
    value: '/v/0',
    ...more,
  };
  return look(spec, { clock: () => noon });
}

const seconds = noon / 1000;
const point = (ago: number, value: unknown = 1) => ({ t: seconds - ago * 60, v: [value] });
const points = Array.from({ length: 11 }, (_, ago) => point(ago));

describe('samples of a JSON endpoint', () => {
  it('are put in order, and those before the span are left out', async () => {
    const { item } = await ask({ data: [...points, point(12), point(500)] });
    expect(item).toMatchObject({ status: 'observed', content: { from: noon - 10 * minute, to: noon } });
    const times = item.status === 'observed' && item.content.type === 'samples' ? item.content.samples : [];
    expect(times).toEqual(points.map((_, index) => ({ time: noon - (10 - index) * minute, value: 1 })));
  });

  it('are cited without what the query string says', async () => {
    const { item } = await ask({ data: points });
    expect(item.source).toEqual({ query: `${server.url}/points` });
    expect(server.asked.at(-1)).toBe('GET /points?key=abc');
  });

  it.each([
    [{ t: '2026-02-24T12:00:00Z', v: ['0.5'] }, 0.5],
    [{ t: '2026-02-24T13:00:00+01:00', v: [0] }, 0],
    [{ t: seconds, v: ['-1e-3'] }, -0.001],
    [{ t: seconds, v: ['NaN'] }, undefined],
    [{ t: seconds, v: [null] }, undefined],
  ])('%j', async (one, value) => {
    const { item } = await ask({ data: [one] });
    expect(item).toMatchObject({
      content: { samples: [{ time: noon, ...(value === undefined ? {} : { value }) }] },
    });
  });

  it.each<[string, unknown, ReasonCode]>([
    ['HTML', '<h1>sign in</h1>', 'server.bad-answer'],
    ['nothing', '', 'server.bad-answer'],
    ['no list', { data: { points } }, 'server.bad-answer'],
    ['no such place', points, 'server.bad-answer'],
    ['an empty list', { data: [] }, 'samples.none'],
    ['old samples alone', { data: [point(11), point(12)] }, 'samples.none'],
    ['a sample of the future', { data: [...points, point(-6)] }, 'samples.bad-time'],
    ['times in milliseconds', { data: points.map((p) => ({ ...p, t: p.t * 1000 })) }, 'samples.bad-time'],
    ['a time without an offset', { data: [{ t: '2026-02-24T12:00:00', v: [1] }] }, 'samples.bad-time'],
    ['30 February', { data: [{ t: '2026-02-30T12:00:00Z', v: [1] }] }, 'samples.bad-time'],
    ['no time', { data: [{ v: [1] }] }, 'samples.bad-time'],
    ['a time that is true', { data: [{ t: true, v: [1] }] }, 'samples.bad-time'],
    ['a time twice', { data: [...points, point(3)] }, 'samples.bad-time'],
    ['no value', { data: [{ t: seconds }] }, 'samples.bad-value'],
    ['a value of words', { data: [point(0, 'none')] }, 'samples.bad-value'],
    ['an empty value', { data: [point(0, '')] }, 'samples.bad-value'],
    ['a value that is true', { data: [point(0, true)] }, 'samples.bad-value'],
    ['a value that is a list', { data: [point(0, [1])] }, 'samples.bad-value'],
    ['a sample that is a number', { data: [1] }, 'samples.bad-time'],
  ])('%s is refused', async (_, answer, code) => {
    const { item, decision } = await ask(answer);
    expect(item).toMatchObject({ status: 'absent', code });
    expect(decision).toBe('hold');
  });

  it('are refused with another status than 200', async () => {
    status = 500;
    expect((await ask({ data: points })).item).toMatchObject({ status: 'absent', code: 'server.status' });
    status = 200;
  });

  it('have no past', async () => {
    body = { data: points };
    const spec = {
      kind: 'http',
      server: serverAt(server.url),
      step: minute,
      samples: '/data',
      time: '/t',
      value: '/v/0',
    } as const;
    const { item } = await look(spec, { at: noon, clock: () => noon });
    expect(item).toMatchObject({ status: 'absent', code: 'evidence.as-of' });
  });
});
