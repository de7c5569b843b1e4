import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** The EICAR test file, which every scanner finds; put together here so that none bites on this repository. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('');

/** How a clamd of a test takes a stream. */
export type ClamdManner =
  | 'scanning'
  /** Takes the bytes and never answers. */
  | 'silent'
  /** Hangs up in the middle. */
  | 'closing'
  /** Answers that the stream is larger than it takes. */
  | 'limited';

/** A clamd of a test's own: it speaks the part of the protocol that is asked of it, and finds EICAR. */
export interface TestClamd {
  /** As `VIRUS_SCANNER` takes it. */
  readonly url: string;
  /** Streams that came, each as its bytes. */
  readonly streams: readonly Buffer[];
  /** Connections that are open now. */
  readonly open: number;
  /** Streams in the middle of which it hung up. */
  readonly hangUps: number;
  manner: ClamdManner;
  /** Stops listening; {@link TestClamd.comeBack} listens on the same port again. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

/** Starts it. */
export async function startClamd(): Promise<TestClamd> {
  const streams: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    const hangUp = (): void => {
      clamd.hangUps += 1;
      socket.destroy();
    };
    converse(socket, clamd.manner, (stream) => streams.push(stream), hangUp).catch(() => socket.destroy());
  });
  let port = 0;
  const clamd: TestClamd & { hangUps: number } = {
    get url() {
      return `clamd://127.0.0.1:${port}`;
    },
    streams,
    get open() {
      return sockets.size;
    },
    hangUps: 0,
    manner: 'scanning',
    goAway: async () => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
    comeBack: async () => {
      await once(server.listen(port, '127.0.0.1'), 'listening');
    },
  };
  await clamd.comeBack();
  port = (server.address() as AddressInfo).port;
  return clamd;
}

async function converse(
  socket: Socket,
  manner: ClamdManner,
  keep: (stream: Buffer) => void,
  hangUp: () => void,
): Promise<void> {
  const reader = new Reader(socket);
  const command = (await reader.until(0)).toString();
  if (command === 'zPING') return void socket.end('PONG\0');
  if (command !== 'zINSTREAM') return void socket.end('UNKNOWN COMMAND\0');
  const pieces: Buffer[] = [];
  for (let length = await reader.length(); length > 0; length = await reader.length()) {
    pieces.push(await reader.take(length));
    if (manner === 'closing') return hangUp();
    if (manner === 'limited') {
      socket.end('INSTREAM size limit exceeded. ERROR\0');
      for (;;) await reader.take(65_536); // until the client hangs up, so that it can read the answer
    }
  }
  const stream = Buffer.concat(pieces);
  keep(stream);
  if (manner === 'silent') return;
  socket.end(stream.includes(EICAR) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
}

/** Takes a stream apart. */
class Reader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#chunks = (socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  async until(end: number): Promise<Buffer> {
    while (!this.#rest.includes(end)) await this.#more();
    const taken = this.#rest.subarray(0, this.#rest.indexOf(end));
    this.#rest = this.#rest.subarray(taken.length + 1);
    return taken;
  }

  async length(): Promise<number> {
    return (await this.take(4)).readUInt32BE();
  }

  async take(length: number): Promise<Buffer> {
    while (this.#rest.length < length) await this.#more();
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done === true) throw new Error('the client hung up');
    this.#rest = Buffer.concat([this.#rest, next.value]);
  }
}
