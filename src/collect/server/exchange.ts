import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { evidenceCap } from '../../files/workspace.ts';
import { type Failure, failure, failureOf } from './failure.ts';

/** What a server said, whole. */
export interface Answer {
  ok: true;
  status: number;
  /** The media type with its parameters, as sent. */
  type: string;
  /** Where a redirect leads. */
  location?: string;
  bytes: Uint8Array;
  /** Whether the server told where its answer ends; else a connection that broke looks like an end. */
  framed: boolean;
}

export interface Question {
  path: string;
  headers: Readonly<Record<string, string>>;
}

/** Asks over a connection that is used once, and reads the whole answer: 16 MB at most, also when unpacked (R28). */
export function exchange(
  socket: Duplex,
  { path, headers }: Question,
  signal: AbortSignal,
): Promise<Answer | Failure> {
  const ask = request({
    method: 'GET',
    path,
    headers,
    setHost: false,
    createConnection: () => socket,
    signal,
  });
  return new Promise((settle) => {
    ask.once('response', (response) => {
      void read(response).then((answer) => {
        socket.destroy();
        settle(answer);
      });
    });
    ask.on('error', (error) => settle(failureOf(error)));
    ask.end();
  });
}

async function read(response: IncomingMessage): Promise<Answer | Failure> {
  const { headers } = response;
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip')
    return failure('server.bad-answer', 'compresses its answer in a way that was not asked for');
  const pieces: Buffer[] = [];
  let size = 0;
  const keep = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const piece of source) {
      size += piece.length;
      if (size > evidenceCap) throw new Error('too large');
      pieces.push(piece);
    }
  };
  try {
    await (encoding === 'gzip' ? pipeline(response, createGunzip(), keep) : pipeline(response, keep));
  } catch (error) {
    // Which error comes out of a broken chain of streams is not told by the one that broke it.
    if (size > evidenceCap) return failure('server.too-large', 'sends more than 16 MB');
    return failureOf(error);
  }
  if (!response.complete) return failure('server.unreachable', 'broke off its answer', true);
  const { location } = headers;
  return {
    ok: true,
    status: response.statusCode ?? 0,
    type: headers['content-type'] ?? '',
    bytes: Buffer.concat(pieces),
    framed: headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined,
    ...(location === undefined ? {} : { location }),
  };
}
