import { accept, refuse, unreachable, type Decision } from '../shared/decision.js';
import type { Event } from '../shared/event.js';

/** In which formats a connection is told what becomes of invoices (R25): the historic one, that of the reform, or both. */
export const STATUS_FORMATS = ['CPPStatut', 'CDAR', 'both'] as const;

/** One of {@link STATUS_FORMATS}. */
export type StatusFormat = (typeof STATUS_FORMATS)[number];

/** What a connection is told in until it chooses: what systems connected to Chorus Pro read. */
export const USUAL_STATUS_FORMAT: StatusFormat = 'CPPStatut';

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
  /** Status files are of this format from then on. */
  | Event<'StatusFormatChosen', { format: StatusFormat }>
  | Event<'ConnectionClosed', { reason: string }>;

export type Connection =
  | { readonly status: 'none' }
  | {
      readonly status: 'open';
      readonly applicationCode: string;
      readonly structure: string;
      readonly statusFormat: StatusFormat;
    }
  | { readonly status: 'closed' };

export const noConnection: Connection = { status: 'none' };

/** Stream of a connection. */
export function connectionStream(applicationCode: string): string {
  return `connection-${applicationCode}`;
}

/** Applies one event of the connection's stream. */
export function evolveConnection(connection: Connection, event: ConnectionEvent): Connection {
  switch (event.type) {
    case 'ConnectionOpened': {
      const { applicationCode, structure } = event.data;
      return { status: 'open', applicationCode, structure, statusFormat: USUAL_STATUS_FORMAT };
    }
    case 'ApiKeyIssued':
    case 'SftpKeyAuthorised':
      return connection;
    case 'StatusFormatChosen':
      return connection.status === 'open' ? { ...connection, statusFormat: event.data.format } : connection;
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

/**
 * Chooses the format of the status files of a connection (R25). Nothing happens when it is that already. Refuses a connection
 * that is not open (`RAC-003`).
 */
export function chooseStatusFormat(connection: Connection, format: StatusFormat): Decision<ConnectionEvent> {
  if (connection.status !== 'open')
    return refuse(
      'RAC-003',
      'Aucun raccordement ouvert ne porte ce code application : vérifiez le code, ou ouvrez-le.',
    );
  return connection.statusFormat === format ? accept() : accept({ type: 'StatusFormatChosen', data: { format } });
}
