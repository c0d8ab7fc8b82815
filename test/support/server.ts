import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Running {
  port: number;
  /** Without a slash at its end. */
  url: string;
  /** Method and URL of every request so far. */
  asked: string[];
  headers: IncomingMessage['headers'][];
  close(): Promise<void>;
}

/** A server on a free port of this machine; with `tls` it speaks https. */
export function startServer(handler: Handler, tls?: ServerOptions): Promise<Running> {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    headers.push(request.headers);
    handler(request, response);
  };
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener);
  return listen(server, { protocol: tls ? 'https' : 'http', asked, headers });
}

/** Any server on a free port; all its connections end with it. */
export function listen(
  server: NetServer,
  {
    protocol = 'http',
    asked = [],
    headers = [],
  }: { protocol?: string } & Partial<Pick<Running, 'asked' | 'headers'>> = {},
): Promise<Running> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((started) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          for (const socket of sockets) socket.destroy();
        });
      started({ port, url: `${protocol}://127.0.0.1:${port}`, asked, headers, close });
    });
  });
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const { createServer: createPlain } = await import('node:net');
  const running = await listen(createPlain());
  await running.close();
  return running.port;
}
