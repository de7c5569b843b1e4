import { accept, refuse, unreachable, type Decision } from '../shared/decision.js';
import type { Event } from '../shared/event.js';

/**
 * A structure's connection (raccordement): the application code under which it sends, and its secrets, of which only
 * digests are ever recorded. Stream `connection-<application code>`.
 */
export type ConnectionEvent =
  | Event<'ConnectionOpened', { applicationCode: string; structure: string; name: string }>
  /** `keyDigest`: SHA-256, hex, of a random key of 256 bits, which is why no slow hash is needed. */
  | Event<'ApiKeyIssued', { keyDigest: string }>
  /** An OpenSSH public key that opens the SFTP box. */
  | Event<'SftpKeyAuthorised', { publicKey: string }>
  | Event<'ConnectionClosed', { reason: string }>;

export type Connection =
  | { readonly status: 'none' }
  | { readonly status: 'open'; readonly applicationCode: string; readonly structure: string }
  | { readonly status: 'closed' };

export const noConnection: Connection = { status: 'none' };

/** Stream of a connection. */
export function connectionStream(applicationCode: string): string {
  return `connection-${applicationCode}`;
}

/** Applies one event of the connection's stream. */
export function evolveConnection(connection: Connection, event: ConnectionEvent): Connection {
  switch (event.type) {
    case 'ConnectionOpened':
      return { status: 'open', applicationCode: event.data.applicationCode, structure: event.data.structure };
    case 'ApiKeyIssued':
    case 'SftpKeyAuthorised':
      return connection;
    case 'ConnectionClosed':
      return { status: 'closed' };
    default:
      return unreachable(event);
  }
}

/** Opens a connection. Refuses a code in use (`RAC-001`) or ill-formed: six capital letters or digits (`RAC-002`). */
export function openConnection(
  connection: Connection,
  command: { applicationCode: string; structure: string; name: string; keyDigest: string; publicKey: string | null },
): Decision<ConnectionEvent> {
  const { applicationCode, structure, name, keyDigest, publicKey } = command;
  if (connection.status !== 'none') return refuse('RAC-001', `Le code application ${applicationCode} est déjà pris.`);
  if (!/^[A-Z0-9]{6}$/.test(applicationCode) || applicationCode === 'CPP001')
    return refuse('RAC-002', 'Un code application a 6 lettres majuscules ou chiffres ; CPP001 est réservé.');
  const events: ConnectionEvent[] = [
    { type: 'ConnectionOpened', data: { applicationCode, structure, name } },
    { type: 'ApiKeyIssued', data: { keyDigest } },
  ];
  if (publicKey !== null) events.push({ type: 'SftpKeyAuthorised', data: { publicKey } });
  return accept(...events);
}
