import { createConnection, type Socket } from 'node:net';
import { ScannerAway, ScannerFailed, VirusFound, type VirusScanner } from './virus-scanner.js';

/** Where clamd listens: on a TCP port, or on a socket of this machine. */
export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** Port of clamd unless another is said. */
const CLAMD_PORT = 3310;

/** Most bytes of one piece of a stream. */
const PIECE = 256 * 1024;

/** Most that is read of an answer. */
const LONGEST_ANSWER = 4_096;

/**
 * Reads the address of a clamd: `clamd://host:3310`, or `clamd:///run/clamav/clamd.sock`.
 *
 * @param url that the configuration has checked
 */
export function clamdAddress(url: string): ClamdAddress {
  const { hostname, port, pathname } = new URL(url);
  if (hostname === '') return { path: decodeURIComponent(pathname) };
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? CLAMD_PORT : Number(port) };
}

/**
 * ClamAV's daemon, by its own protocol (clamd(8), `INSTREAM`). By hand, since what is at hand for it sends the end of a stream
 * ahead of bytes that still wait, or knows neither back-pressure nor an end to its patience: it would fail open, or fill up.
 */
export class ClamdScanner implements VirusScanner {
  readonly scans = true;

  /** @param patience milliseconds without any sign of life after which the scanner is taken for away */
  constructor(
    private readonly address: ClamdAddress,
    private readonly patience: number,
  ) {}

  async *checked(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
    const conversation = await Conversation.open(this.address, this.patience);
    try {
      await conversation.send('zINSTREAM\0');
      for await (const chunk of bytes) {
        for (let at = 0; at < chunk.length; at += PIECE) await conversation.sendPiece(chunk.subarray(at, at + PIECE));
        yield chunk;
      }
      await conversation.sendPiece(Buffer.alloc(0));
      judge(await conversation.answer);
    } finally {
      conversation.close();
    }
  }

  async answers(): Promise<boolean> {
    try {
      const conversation = await Conversation.open(this.address, this.patience);
      try {
        await conversation.send('zPING\0');
        return (await conversation.answer) === 'PONG';
      } finally {
        conversation.close();
      }
    } catch (error) {
      if (error instanceof ScannerAway) return false;
      throw error;
    }
  }
}

/** @throws VirusFound, ScannerFailed, and ScannerAway for an answer that is none */
function judge(answer: string): void {
  if (answer === 'stream: OK') return;
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (signature !== undefined) throw new VirusFound(signature);
  if (/ERROR$/.test(answer)) throw new ScannerFailed(answer);
  throw new ScannerAway(answer === '' ? 'it closed the connection' : `unexpected answer ${answer}`);
}

/** One command and its one answer. */
class Conversation {
  /** What it said, without the zero byte that ends it; empty when it hung up instead. Rejects with ScannerAway. */
  readonly answer: Promise<string>;

  private constructor(private readonly socket: Socket) {
    this.answer = new Promise((resolve, reject) => {
      let text = '';
      socket.on('data', (bytes: Buffer) => {
        text += bytes.toString('latin1');
        const end = text.search(/[\0\n]/);
        if (end >= 0) resolve(text.slice(0, end));
        else if (text.length > LONGEST_ANSWER) socket.destroy(new Error('it talks without end'));
      });
      socket.on('error', (error) => reject(new ScannerAway(error)));
      socket.on('close', () => resolve(text));
    });
    this.answer.catch(() => undefined); // who is still sending learns of it there
  }

  /** @throws ScannerAway */
  static open(address: ClamdAddress, patience: number): Promise<Conversation> {
    const socket = createConnection(address);
    socket.setTimeout(patience, () => socket.destroy(new Error(`no sign of life for ${patience} ms`)));
    const conversation = new Conversation(socket);
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(conversation));
      socket.once('error', (error) => reject(new ScannerAway(error)));
    });
  }

  async sendPiece(piece: Buffer): Promise<void> {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    this.socket.write(length);
    if (piece.length > 0) await this.send(piece);
  }

  /** Resolves when the bytes have left. @throws ScannerAway, and what an answer says that came before it was due */
  async send(bytes: string | Buffer): Promise<void> {
    const failure = await new Promise<Error | null | undefined>((resolve) => this.socket.write(bytes, resolve));
    if (!failure) return;
    const early = await this.answer;
    if (early !== '') judge(early);
    throw new ScannerAway(failure);
  }

  close(): void {
    this.socket.destroy();
  }
}
