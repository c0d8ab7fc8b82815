import { BlockList, isIP } from 'node:net';

/** A proxy between us and a server. */
export interface Proxy {
  url: URL;
  /** The value of `Proxy-Authorization`, if the proxy asks for one. */
  authorization?: string;
}

/**
 * The proxy that the environment names for a URL: `HTTPS_PROXY` or `HTTP_PROXY`, after `NO_PROXY`, in capitals or not.
 * Nothing goes to the machine itself through a proxy.
 */
export function proxyFor(
  url: URL,
  variable: (name: string) => string | undefined,
): Proxy | 'unusable' | undefined {
  const look = (name: string) =>
    [name, name.toLowerCase()]
      .map((one) => variable(one)?.trim())
      .find((value) => value !== undefined && value !== '');
  const written = look(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (written === undefined || isSpared(url, look('NO_PROXY') ?? '')) return undefined;
  let proxy: URL;
  try {
    proxy = new URL(written.includes('://') ? written : `http://${written}`);
  } catch {
    return 'unusable';
  }
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') return 'unusable';
  if (proxy.username === '' && proxy.password === '') return { url: proxy };
  const credentials = userInfo(proxy);
  if (credentials === undefined) return 'unusable';
  return { url: proxy, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function userInfo({ username, password }: URL): string | undefined {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return undefined;
  }
}

/** Host names as `net` takes them: without the brackets around IPv6 addresses. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

/**
 * Whether `NO_PROXY` spares the host: `*`, a name (with all names under it), `.name` (those under it alone), an address
 * or a range of addresses, each with a port or without.
 */
function isSpared(url: URL, list: string): boolean {
  const host = hostOf(url).toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost') || isLoopback(host)) return true;
  return list
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || spares(entry, host, portOf(url)));
}

function isLoopback(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function spares(entry: string, host: string, port: number): boolean {
  const range = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry);
  if (range) return isInRange(host, range[1] as string, Number(range[2]));
  const parts = /^\[?([^\]]*?)\]?(?::(\d{1,5}))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry);
  const name = parts?.[1] ?? entry;
  if (parts?.[2] !== undefined && Number(parts[2]) !== port) return false;
  const suffix = name.replace(/^\*?\./, '.');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === name || host.endsWith(`.${name}`);
}

function isInRange(host: string, base: string, bits: number): boolean {
  const family = isIP(base);
  if (family === 0 || isIP(host) !== family || bits > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const ranges = new BlockList();
  ranges.addSubnet(base, bits, type);
  return ranges.check(host, type);
}
