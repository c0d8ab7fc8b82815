import type { ReasonCode } from '../../model/reasons.ts';
import { systemCode } from '../../files/systemCode.ts';

/** Why a server was not heard. `again` tells whether another attempt could help. */
export interface Failure {
  ok: false;
  code: ReasonCode;
  /** What follows the name of the server in a message; of our own making, never a message of somebody else (R24). */
  what: string;
  again: boolean;
}

export function failure(code: ReasonCode, what: string, again = false): Failure {
  return { ok: false, code, what, again };
}

/** Names that Node gives to certificates it does not accept. */
const distrust: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  CERT_REVOKED: 'is revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is signed by itself alone',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host',
  SELF_SIGNED_CERT_IN_CHAIN: 'is signed by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'is signed by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'is signed by an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'is signed by an authority that is not trusted here',
};

/** What an error of a connection means. */
export function failureOf(error: unknown): Failure {
  const code = systemCode(error);
  const distrusted = Object.hasOwn(distrust, code) ? distrust[code] : undefined;
  if (distrusted !== undefined) return failure('server.tls', `has a certificate that ${distrusted}`);
  if (/^(?:CERT_|UNABLE_TO_|INVALID_|HOSTNAME_MISMATCH|ERR_TLS_)/.test(code))
    return failure('server.tls', `has a certificate that is not accepted (${code})`);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_'))
    return failure('server.tls', `does not agree on TLS with us (${code})`);
  if (code.startsWith('HPE_')) return failure('server.bad-answer', `does not answer in HTTP (${code})`);
  if (code.startsWith('Z_') || code.startsWith('ERR_ZLIB'))
    return failure('server.bad-answer', `sent a compressed answer that is broken (${code})`);
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return failure('server.unreachable', `broke off the connection (${code})`, true);
  return failure('server.unreachable', `cannot be reached (${code})`, true);
}
