import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { MailSettings } from '../configuration/configuration.js';
import { oneLine, type PlainMail } from './mail-text.js';

const CONNECTS_WITHIN_MS = 10_000;
const ANSWERS_WITHIN_MS = 60_000;

/** A mail on its way to somebody. */
export interface OutgoingMail extends PlainMail {
  /** UUID, the same at every try: what the Message-ID is made of. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
}

/** The mail server has not taken a mail. */
export class MailNotTaken extends Error {
  override readonly name = 'MailNotTaken';

  /**
   * @param reason reply code, enhanced status code and command of SMTP, or a code of the connection: nothing that the server
   *   wrote, which would name the address
   * @param permanent whether trying again is of no use (RFC 5321, 4.2.1)
   * @param connection whether the connection failed rather than the mail
   */
  constructor(
    readonly reason: string,
    readonly permanent: boolean,
    readonly connection: boolean,
  ) {
    super(reason);
  }
}

/** What takes mails. */
export interface MailTransport {
  /** @throws MailNotTaken when the server cannot be reached or does not let the platform in */
  verify(): Promise<void>;
  /** Resolves when the server has taken the mail. @throws MailNotTaken */
  send(mail: OutgoingMail): Promise<void>;
}

/** Opens the way of the settings: a mail server, or a folder. */
export function mailTransport({ way, from }: Pick<MailSettings, 'way' | 'from'>): MailTransport {
  return way.kind === 'smtp' ? smtpTransport(way.url, from) : folderTransport(way.path, from);
}

/** Sends mails to a server. */
export function smtpTransport(smtpUrl: string, from: string): MailTransport {
  const url = new URL(smtpUrl);
  const transport = createTransport({
    url: smtpUrl,
    // A password never crosses a network in clear.
    requireTLS: url.username !== '' && !isLoopback(url.hostname),
    connectionTimeout: CONNECTS_WITHIN_MS,
    greetingTimeout: CONNECTS_WITHIN_MS,
    socketTimeout: ANSWERS_WITHIN_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    verify: async () => {
      await transport.verify().catch(notTaken);
    },
    send: async (mail) => {
      await transport.sendMail(messageOf(mail, from)).catch(notTaken);
    },
  };
}

/**
 * Writes mails as text files, whole or not at all, in the order of their names: for whoever tries the platform without a mail
 * server. The folder holds addresses and links: it is for its owner alone.
 */
export function folderTransport(folder: string, from: string): MailTransport {
  const ready = async (): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  };
  return {
    verify: ready,
    send: async ({ id, to: { name, address }, subject, text }) => {
      await ready();
      const draft = join(folder, `.${randomUUID()}`);
      // As it is, in no encoding of mails: a link that is broken over two lines opens nothing.
      const head = [`De : ${from}`, `À : ${oneLine(name)} <${address}>`, `Objet : ${oneLine(subject)}`];
      await writeFile(draft, `${head.join('\n')}\n\n${text}\n`, { mode: 0o600 });
      await rename(draft, join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${id}.txt`));
    },
  };
}

function messageOf({ id, to: { name, address }, subject, text }: OutgoingMail, from: string) {
  return {
    from: { name: 'Répons', address: from },
    to: { name: oneLine(name), address },
    envelope: { from, to: address },
    subject: oneLine(subject),
    text,
    messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    headers: {
      // RFC 3834: what answers by itself must not answer this.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': 'fr',
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** What nodemailer tells, as what it means for the mail. A refusal of us (login, sender) is nothing against the mail. */
function notTaken(error: SmtpError): never {
  const { code = 'ERROR', command = '', response = '', responseCode } = error;
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})/.exec(response)?.[1];
  const isAboutMail = responseCode !== undefined && (command === 'RCPT TO' || command === 'DATA');
  const parts = responseCode === undefined ? [code] : [String(responseCode), enhanced, command];
  const reason = parts.filter((part) => part !== undefined && part !== '').join(' ');
  const connection = code === 'EAUTH' || (!isAboutMail && command !== 'MAIL FROM');
  throw new MailNotTaken(reason, isAboutMail && responseCode >= 500, connection);
}
