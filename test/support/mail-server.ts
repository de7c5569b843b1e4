import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail that the server took. */
export interface ReceivedMail {
  readonly to: string;
  /** Headers by name in small letters, decoded and unfolded, in their order when a name comes twice. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly text: string;
  /** As it came. */
  readonly raw: string;
}

/** What the server says to a recipient, or to the content: a code and a text of SMTP. Null to take it. */
export type Reply = { readonly code: number; readonly text: string } | null;

/** An SMTP server of a test, on a loopback port. */
export interface TestMailServer {
  readonly url: string;
  readonly port: number;
  /** What it took, in order. */
  readonly mails: ReceivedMail[];
  /** Set by a test: what it says to each recipient. */
  onRecipient: (address: string) => Reply;
  /** Set by a test: what it says to each content, when it says something. */
  onContent: (address: string) => Reply | Promise<Reply>;
  close(): Promise<void>;
}

/** Starts an SMTP server that takes everything until a test says otherwise. */
export async function startMailServer(port = 0): Promise<TestMailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, done) => done(asError(self.onRecipient(address))),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        void Promise.resolve(self.onContent(to)).then((reply) => {
          if (reply === null) mails.push(parsed(to, Buffer.concat(chunks).toString('utf8')));
          done(asError(reply));
        });
      });
    },
  });
  server.on('error', () => undefined); // a client that dies in the middle is what some tests want
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.server.address() as AddressInfo;
  const self: TestMailServer = {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    mails,
    onRecipient: () => null,
    onContent: () => null,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return self;
}

function asError(reply: Reply): Error | null {
  return reply === null ? null : Object.assign(new Error(reply.text), { responseCode: reply.code });
}

function parsed(to: string, raw: string): ReceivedMail {
  const end = raw.indexOf('\r\n\r\n');
  const headers: Record<string, string[]> = {};
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const colon = line.indexOf(':');
    (headers[line.slice(0, colon).toLowerCase()] ??= []).push(decodedWords(line.slice(colon + 1).trim()));
  }
  const body = raw.slice(end + 4);
  const encoding = headers['content-transfer-encoding']?.[0] ?? '7bit';
  return { to, headers, text: decodedBody(body, encoding).replaceAll('\r\n', '\n'), raw };
}

/** RFC 2047. */
function decodedWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : decodedQuotes(word.replaceAll('_', ' ')),
    );
}

function decodedBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? decodedQuotes(body.replace(/=\r\n/g, '')) : body;
}

function decodedQuotes(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
