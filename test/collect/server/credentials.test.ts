import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerSpec } from '../../../src/model/policy.ts';
import { type Handler, type Running, startServer } from '../../support/server.ts';
import { goodPairs, look, matrix, prometheusAt, serverAt } from './samples.ts';

let server: Running;
let answer: Handler;
const good: Handler = (request, response) => {
  response.end(JSON.stringify(matrix(goodPairs(request.url ?? ''))));
};

beforeAll(async () => {
  server = await startServer((request, response) => answer(request, response));
});
afterAll(() => server.close());

const secret = 'correct-horse-battery';

function ask(more: Partial<ServerSpec>, env: Readonly<Record<string, string>>) {
  answer = good;
  return look(prometheusAt(serverAt(server.url, more)), { env });
}

describe('credentials', () => {
  const basic = { user: { is: 'text', text: 'me' }, password: 'PASSWORD' } as const;

  it.each([
    ['a token', { token: 'TOKEN' }, { TOKEN: `${secret}\n` }, 'authorization', `Bearer ${secret}`],
    [
      'a password',
      { basic },
      { PASSWORD: secret },
      'authorization',
      `Basic ${Buffer.from(`me:${secret}`).toString('base64')}`,
    ],
    [
      'a password that is no ASCII',
      { basic: { ...basic, user: { is: 'variable', name: 'USER_NAME' } as const } },
      { PASSWORD: 'pässwörd', USER_NAME: 'you' },
      'authorization',
      `Basic ${Buffer.from('you:pässwörd').toString('base64')}`,
    ],
    ['a header', { headers: { 'X-Scope-OrgID': 'TENANT' } }, { TENANT: 'one' }, 'x-scope-orgid', 'one'],
  ])('%s', async (_, more, env, header, value) => {
    const { item } = await ask(more, env);
    expect(item.status).toBe('observed');
    expect(server.headers.at(-1)?.[header]).toBe(value);
  });

  it.each([
    ['is not set', { token: 'TOKEN' }, {}, 'server.unset'],
    ['is blank', { token: 'TOKEN' }, { TOKEN: ' \n' }, 'server.unset'],
    ['holds two lines', { token: 'TOKEN' }, { TOKEN: `${secret}\nX-Other: 1` }, 'server.bad-credential'],
    ['is of a header and no ASCII', { headers: { 'X-A': 'A' } }, { A: 'pässwörd' }, 'server.bad-credential'],
    [
      'of the user is not set',
      { basic: { ...basic, user: { is: 'variable', name: 'NAME' } as const } },
      { PASSWORD: secret },
      'server.unset',
    ],
    ['of the password is not set', { basic }, {}, 'server.unset'],
  ])('a variable that %s sends nothing', async (_, more, env, code) => {
    const before = server.asked.length;
    const { item, decision } = await ask(more, env);
    expect(item).toMatchObject({ status: 'absent', code });
    expect(JSON.stringify(item)).not.toContain(secret);
    expect(decision).toBe('hold');
    expect(server.asked.length).toBe(before);
  });

  it('go to no other host, whatever the server says', async () => {
    const other = await startServer(good);
    answer = (request, response) => {
      response.writeHead(302, { Location: `${other.url}${request.url ?? ''}` }).end();
    };
    const { item } = await look(prometheusAt(serverAt(server.url, { token: 'TOKEN' })), {
      env: { TOKEN: secret },
    });
    await other.close();
    expect(item).toMatchObject({ code: 'server.redirect' });
    expect(other.asked).toEqual([]);
  });

  it('go along with a redirect on the same host', async () => {
    answer = (request, response) => {
      if (request.url?.startsWith('/api/') !== true) good(request, response);
      else response.writeHead(308, { Location: (request.url ?? '').replace('/api/', '/moved/api/') }).end();
    };
    const { item } = await look(prometheusAt(serverAt(server.url, { token: 'TOKEN' })), {
      env: { TOKEN: secret },
    });
    expect(item.status).toBe('observed');
    expect(server.headers.at(-1)?.authorization).toBe(`Bearer ${secret}`);
  });
});

describe('what is kept', () => {
  it('names the variable of a URL, not the URL', async () => {
    answer = (_, response) => void response.writeHead(404).end(`no ${secret} here`);
    const spec = prometheusAt(serverAt('', { url: { is: 'variable', name: 'METRICS' } }));
    const { item } = await look(spec, { env: { METRICS: `${server.url}/?key=${secret}` } });
    expect(item).toMatchObject({ message: '`$METRICS` answered with HTTP status 404' });
    expect(JSON.stringify(item)).not.toContain(secret);
    expect(server.asked.at(-1)).toContain(`/api/v1/query_range?key=${secret}&query=errors`);
  });

  it('says where a query is wrong, and nothing else of what the server says', async () => {
    const error = `invalid parameter "query": 1:5: parse error: unexpected ${secret}`;
    answer = (_, response) => {
      response.writeHead(400).end(JSON.stringify({ status: 'error', errorType: 'bad_data', error }));
    };
    const { item } = await look(prometheusAt(serverAt(server.url)));
    expect(item).toMatchObject({
      code: 'server.refused-query',
      message: `\`${server.url}/\` refuses the query (bad_data at line 1, column 5)`,
    });
  });
});
