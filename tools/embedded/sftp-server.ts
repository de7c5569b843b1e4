import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh2, { type AuthContext, type Connection } from 'ssh2';
import { authenticate, type SftpAccount, type SftpAccountLookup } from './sftp-accounts.js';
import { SftpBox } from './sftp-box.js';
import { fingerprintOf } from './sftp-keys.js';
import { SftpSession, type SftpFileEvent, type SftpSessionLimits } from './sftp-session.js';

/** One line of the server's log. */
export type SftpLogEntry = { readonly username: string; readonly address: string } & (
  | { readonly event: 'sftp_login'; readonly method: string }
  | { readonly event: 'sftp_login_refused'; readonly method: string; readonly reason: string }
  | { readonly event: 'sftp_idle' }
  | { readonly event: 'sftp_logout' }
  | { readonly event: 'sftp_error'; readonly reason: string }
  | SftpFileEvent
);

/** A line of the log without who and where. */
type SftpLogDetail = SftpLogEntry extends infer Entry
  ? Entry extends unknown
    ? Omit<Entry, 'username' | 'address'>
    : never
  : never;

/** What {@link startSftpServer} is told. */
export interface SftpServerOptions {
  /** TCP port; a free one is chosen when none is given. */
  readonly port?: number;
  /** Address to listen on; the loopback address unless told. */
  readonly host?: string;
  /** Text of the private host key, see `ensureHostKey`. */
  readonly hostKey: string;
  /** Folder that holds the box of each application: `<application code>/in` and `<application code>/out`. */
  readonly boxesFolder: string;
  /** Finds the account of a user name; called at every attempt, so that a change counts at once. */
  readonly lookup: SftpAccountLookup;
  /** Bytes of the largest file a client may write; no limit unless told. */
  readonly maxFileBytes?: number;
  /** Files and folders one session may hold open; 64 unless told. */
  readonly maxOpenHandles?: number;
  /** Connections at once over all the accounts; 256 unless told. */
  readonly maxConnections?: number;
  /** Milliseconds without a request after which a connection is closed; 10 minutes unless told. */
  readonly idleTimeoutMs?: number;
  readonly log?: (entry: SftpLogEntry) => void;
}

/** A running SFTP server. */
export interface SftpServer {
  readonly port: number;
  /** As `ssh-keygen -l` prints it: what partners and the worker pin. */
  readonly hostKeyFingerprint: string;
  /** Cuts the connections and stops listening. */
  close(): Promise<void>;
}

const LOGIN_DEADLINE_MS = 30_000;
const MAX_LOGIN_ATTEMPTS = 6;
const MAX_SESSIONS_PER_CONNECTION = 4;
const DEFAULT_IDLE_TIMEOUT_MS = 10 * 60_000;

/** Without SHA-1, CBC and RC4, and without compression, which would let a client inflate anything in our memory. */
const ALGORITHMS = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group14-sha256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'chacha20-poly1305@openssh.com',
    'aes128-ctr',
    'aes256-ctr',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} satisfies ssh2.Algorithms;

/**
 * Starts the SFTP server of the embedded default: each partner is confined to the box of its application, one operator
 * account sees all the boxes. SFTP only: no shell, no command, no forwarding.
 *
 * @param options - where it listens, the boxes, the accounts, the limits
 * @throws the system's error when the port is taken
 */
export async function startSftpServer(options: SftpServerOptions): Promise<SftpServer> {
  const connections = new Set<Connection>();
  const server = new ssh2.Server(
    { hostKeys: [options.hostKey], algorithms: ALGORITHMS, ident: 'Repons', keepaliveInterval: 30_000 },
    (connection, { ip }) => {
      connections.add(connection);
      // Missing from the published types. Small answers must not wait for the client's delayed acknowledgement (40 ms).
      (connection as Connection & { setNoDelay(noDelay: boolean): void }).setNoDelay(true);
      connection.on('close', () => connections.delete(connection));
      serve(connection, ip, options);
    },
  );
  server.maxConnections = options.maxConnections ?? 256;
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    hostKeyFingerprint: fingerprintOf(options.hostKey),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections) connection.end();
      await closed;
    },
  };
}

/** Who is logged in, and what it sees. */
interface Login {
  readonly account: SftpAccount;
  readonly box: SftpBox;
}

/**
 * @returns the account with its box; without the box when a key without signature only asks whether it would do; or why
 *   not
 */
async function logIn(
  context: AuthContext,
  options: SftpServerOptions,
): Promise<{ account: SftpAccount; box: SftpBox | null } | string> {
  const account = await authenticate(context, options.lookup);
  if (account === null) return 'credentials';
  const isQuestion = context.method === 'publickey' && context.signature === undefined;
  return { account, box: isQuestion ? null : await SftpBox.open(options.boxesFolder, account) };
}

function serve(connection: Connection, address: string, options: SftpServerOptions): void {
  const limits: SftpSessionLimits = {
    maxOpenHandles: options.maxOpenHandles ?? 64,
    maxFileBytes: options.maxFileBytes ?? Number.MAX_SAFE_INTEGER,
  };
  const sessions = new Set<SftpSession>();
  let login: Login | null = null;
  let refusals = 0;
  let isClosed = false;
  const log = (username: string, entry: SftpLogDetail): void => options.log?.({ ...entry, username, address });

  const loginDeadline = setTimeout(() => connection.end(), LOGIN_DEADLINE_MS);
  const idle = setTimeout(() => {
    log(login?.account.username ?? '', { event: 'sftp_idle' });
    connection.end();
  }, options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS);

  connection.on('authentication', (context) => {
    const { username, method } = context;
    const refuse = (reason: string): void => {
      // Every client first asks what is allowed, by the method `none`.
      if (method !== 'none') {
        refusals += 1;
        log(username, { event: 'sftp_login_refused', method, reason });
      }
      if (refusals >= MAX_LOGIN_ATTEMPTS) connection.end();
      else context.reject(['publickey', 'password']);
    };
    void logIn(context, options)
      .catch((error: unknown) => String(error))
      .then((outcome) => {
        if (isClosed || login !== null) return;
        if (typeof outcome === 'string') return refuse(outcome);
        if (outcome.box !== null) {
          login = { account: outcome.account, box: outcome.box };
          log(username, { event: 'sftp_login', method });
        }
        context.accept();
      });
  });

  connection.on('ready', () => {
    clearTimeout(loginDeadline);
    idle.refresh();
    if (login === null) connection.end();
    else serveSessions(login);
  });

  const serveSessions = ({ account, box }: Login): void => {
    connection.on('session', (accept, reject) => {
      if (sessions.size >= MAX_SESSIONS_PER_CONNECTION) return reject();
      accept().on('sftp', (acceptSftp) => {
        // At once: OpenSSH sends its first packet without waiting for the answer, and it would be lost.
        const sftp = acceptSftp();
        const onFileEvent = (event: SftpFileEvent): void => log(account.username, event);
        const session = new SftpSession(sftp, box, limits, () => idle.refresh(), onFileEvent);
        sessions.add(session);
        sftp.on('close', () => {
          sessions.delete(session);
          void session.close();
        });
      });
    });
  };

  connection.on('error', (error) => {
    if (login !== null) log(login.account.username, { event: 'sftp_error', reason: error.message });
  });
  connection.on('close', () => {
    isClosed = true;
    clearTimeout(loginDeadline);
    clearTimeout(idle);
    for (const session of sessions) void session.close();
    if (login !== null) log(login.account.username, { event: 'sftp_logout' });
  });
}
