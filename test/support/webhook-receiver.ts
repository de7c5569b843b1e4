import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A delivery as a receiver got it. */
export interface Received {
  readonly id: string;
  readonly type: string;
  /** What the event is about. */
  readonly subject: string;
  readonly sequence: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks, on a loopback port. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Set by a test: what it answers to a delivery. */
  answer: (received: Received, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** Starts a receiver that takes everything until a test says otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { id, type, subject, sequence } = JSON.parse(body) as Received;
      const one = { id, type, subject, sequence, headers: request.headers, body };
      received.push(one);
      self.answer(one, response);
    });
    request.on('error', () => undefined); // a sender that is killed in the middle
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const self: Receiver = {
    url: `http://127.0.0.1:${port}/recevoir`,
    received,
    answer: (_, response) => void response.writeHead(204).end(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}

/**
 * Verifies a delivery as the specification of Standard Webhooks tells a receiver to, knowing nothing of the sender's code.
 *
 * @returns how many of the signatures are right with this secret
 */
export function rightSignatures({ headers, body }: Received, secret: string): number {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = createHmac('sha256', key).update(signed).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) => signature.split(','))
    .filter(([version, digest = '']) => {
      const given = Buffer.from(digest, 'base64');
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
    }).length;
}
