import { pointTo } from '../../model/pointer.ts';
import type { MetricsTextSpec, ServerSpec } from '../../model/policy.ts';
import type { Ground } from './ground.ts';
import { checkPath } from './paths.ts';

/** Headers that belong to the request itself. */
const ownHeaders: readonly string[] = [
  ...['accept', 'accept-encoding', 'connection', 'content-length', 'host', 'proxy-authorization'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent'],
];

/** What a policy says of the way to a server; `pointer` leads to the piece of evidence. */
export function checkServer(ground: Ground, server: ServerSpec, pointer: string): void {
  if (server.token !== undefined && server.basic) {
    ground.report({
      code: 'policy/one-key',
      message: 'the request has two credentials, `token` and `basic`',
      pointer: `${pointer}/basic`,
      atKey: true,
      hint: 'keep one of them',
    });
  }
  for (const header of Object.keys(server.headers)) checkHeader(ground, server, { header, pointer });
  if (server.tls) checkTls(ground, server.tls, `${pointer}/tls`);
}

function checkHeader(
  ground: Ground,
  { token, basic }: ServerSpec,
  { header, pointer }: { header: string; pointer: string },
): void {
  const name = header.toLowerCase();
  const doubled = name === 'authorization' && (token !== undefined || basic !== undefined);
  if (!doubled && !ownHeaders.includes(name)) return;
  const message = doubled
    ? 'the request has two credentials, `Authorization` and another one'
    : `the header \`${header}\` is set by Soakgate itself`;
  ground.report({
    code: 'policy/bad-value',
    message,
    pointer: pointTo(pointer, 'headers', header),
    atKey: true,
    hint: 'leave it out',
  });
}

function checkTls(ground: Ground, tls: NonNullable<ServerSpec['tls']>, pointer: string): void {
  for (const key of ['ca', 'certificate', 'key'] as const) {
    const file = tls[key];
    if (file?.is === 'text') checkPath(ground, file.text, { pointer: `${pointer}/${key}`, dated: false });
  }
  if ((tls.certificate === undefined) === (tls.key === undefined)) return;
  const missing = tls.key === undefined ? 'key' : 'certificate';
  const message = `\`${missing}\` is missing: a certificate and its key go together`;
  ground.report({ code: 'policy/missing-key', message, pointer, atKey: true });
}

export function checkMetricsText(ground: Ground, spec: MetricsTextSpec, pointer: string): void {
  const { server, path } = spec;
  if (path !== undefined) checkPath(ground, path, { pointer: `${pointer}/path`, dated: false });
  if (server) checkServer(ground, server, pointer);
  if ((server === undefined) !== (path === undefined)) return;
  const message = server ? 'the metrics come from two places' : 'the metrics come from nowhere';
  ground.report({ code: 'policy/one-key', message, pointer, atKey: true, hint: 'write `url:` or `path:`' });
}

/** `vector(0)` says zero where nobody measured (semantics section 6). */
export function checkQuery(ground: Ground, query: string, pointer: string): void {
  if (!/\bvector\s*\(\s*0(?:\.0*)?\s*\)/.test(query)) return;
  const message = '`vector(0)` is zero also where nothing was measured';
  ground.report({
    code: 'policy/vector-zero',
    message,
    pointer,
    hint: 'prove zero by a live scrape: `… or 0 * sum(up{…} == 1)`',
  });
}
