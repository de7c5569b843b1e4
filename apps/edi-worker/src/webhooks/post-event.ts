import { AddressNotAllowed, assertPublicHost, publicLookup } from '#application';
import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** What is read of an answer; nobody looks at it. */
const LONGEST_ANSWER_BYTES = 64 * 1024;

/** Why an event was not delivered; people read it in French beside the list of deliveries. */
export type DeliveryError = 'status' | 'redirect' | 'timeout' | 'address' | 'tls' | 'connection' | 'secret';

/** What a receiver answered. */
export interface Answer {
  readonly status: number | null;
  /** Null when it took the event. */
  readonly error: DeliveryError | null;
  /** What `Retry-After` asks for, in milliseconds; 0 when it asks for nothing. */
  readonly retryAfterMs: number;
}

/** Posts events of one webhook's turn, over one connection where the receiver keeps it. */
export class Poster {
  private readonly url: URL;
  private readonly agent: HttpAgent;

  /** @param settings `privateAddresses`: whether the network's own addresses, and HTTP without TLS, are open */
  constructor(
    url: string,
    private readonly settings: { readonly privateAddresses: boolean; readonly timeoutMs: number },
  ) {
    this.url = new URL(url);
    this.agent =
      this.url.protocol === 'https:' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  }

  /** Closes the connection. */
  close(): void {
    this.agent.destroy();
  }

  /** Posts one event. A redirect is not followed: it would lead where nobody has checked. Never rejects. */
  async post(headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
    const { privateAddresses, timeoutMs } = this.settings;
    try {
      if (!privateAddresses) {
        if (this.url.protocol !== 'https:') throw new AddressNotAllowed(this.url.protocol);
        assertPublicHost(this.url);
      }
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const request: ClientRequest = (this.url.protocol === 'https:' ? httpsRequest : httpRequest)(this.url, {
          method: 'POST',
          agent: this.agent,
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            ...headers,
            'content-type': 'application/cloudevents+json; charset=utf-8',
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Repons-Webhook/1',
          },
          ...(privateAddresses ? {} : { lookup: publicLookup }),
        });
        request.on('response', resolve);
        request.on('error', reject);
        request.end(body);
      });
      discard(response);
      return answerOf(response);
    } catch (error) {
      return { status: null, error: errorOf(error), retryAfterMs: 0 };
    }
  }
}

function answerOf({ statusCode: status = 0, headers }: IncomingMessage): Answer {
  const retryAfterMs = retryAfter(headers['retry-after']);
  if (status >= 200 && status < 300) return { status, error: null, retryAfterMs };
  return { status, error: status >= 300 && status < 400 ? 'redirect' : 'status', retryAfterMs };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now());
}

/** Reads the answer away, so that the connection can be used again, unless there is no end to it. */
function discard(response: IncomingMessage): void {
  let bytes = 0;
  response.on('error', () => undefined);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER_BYTES) response.destroy();
  });
}

function errorOf(error: unknown): DeliveryError {
  if (error instanceof AddressNotAllowed) return 'address';
  const { name, code = '' } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || name === 'TimeoutError') return 'timeout';
  return /CERT|TLS|SSL|SELF_SIGNED|ERR_OSSL|EPROTO/.test(code) ? 'tls' : 'connection';
}
