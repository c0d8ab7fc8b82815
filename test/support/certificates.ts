import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate with its key, both PEM. Made by hand (RFC 5280), so that no test needs a program for it. */
export interface Certificate {
  cert: string;
  key: string;
}

interface Authority extends Certificate {
  name: string;
  signer: KeyObject;
}

const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const size: number[] = [];
  for (let rest = body.length; rest > 0; rest >>= 8) size.unshift(rest & 0xff);
  const length = body.length < 128 ? [body.length] : [0x80 | size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts);
const integer = (value: number): Buffer => tlv(0x02, Buffer.from([value]));
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const bits = (bytes: Buffer): Buffer => tlv(0x03, Buffer.from([0]), bytes);
const nameOf = (text: string): Buffer =>
  sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(text)))));
const timeOf = (time: number): Buffer =>
  tlv(0x18, Buffer.from(new Date(time).toISOString().replace(/[-:T]|\.\d+/g, '')));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));

const altNames = (hosts: readonly string[]): Buffer =>
  sequence(
    ...hosts.map((host) =>
      isIP(host) === 4
        ? tlv(0x87, Buffer.from(host.split('.').map(Number)))
        : tlv(0x82, Buffer.from(host, 'latin1')),
    ),
  );

const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), tlv(0x04, value));

interface Wish {
  name: string;
  hosts?: readonly string[];
  from?: number;
  to?: number;
}

const dayLong = 86_400_000;
let serial = 1;

function issue(
  { name, hosts, from = Date.now() - dayLong, to = Date.now() + dayLong }: Wish,
  issuer?: Authority,
): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authority = extension('551d13', sequence(tlv(0x01, Buffer.from([0xff]))));
  const extensions = hosts ? extension('551d11', altNames(hosts)) : authority;
  const body = sequence(
    tlv(0xa0, integer(2)),
    integer(serial++),
    ecdsaWithSha256,
    nameOf(issuer?.name ?? name),
    sequence(timeOf(from), timeOf(to)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(extensions)),
  );
  const signature = sign('sha256', body, issuer?.signer ?? privateKey);
  const der = sequence(body, ecdsaWithSha256, bits(signature));
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    name,
    signer: privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** An authority, and what it issues. */
export function makeAuthority(name: string): Certificate & { issue(wish: Omit<Wish, 'name'>): Certificate } {
  const own = issue({ name });
  return { cert: own.cert, key: own.key, issue: (wish) => issue({ name: 'leaf', hosts: [], ...wish }, own) };
}

/** A certificate that only itself vouches for. */
export function selfSigned(hosts: readonly string[]): Certificate {
  return issue({ name: 'alone', hosts });
}
