import { specification } from '../testing/given.js';
import {
  chooseStatusFormat,
  connectionStream,
  evolveConnection,
  noConnection,
  openConnection,
  type Connection,
  type ConnectionEvent,
  type StatusFormat,
} from './connection.js';

const { given } = specification<Connection, ConnectionEvent>(noConnection, evolveConnection);
const facts = { applicationCode: 'ABC123', structure: '11000201100044', name: 'Papeterie' };
const command = { ...facts, keyDigest: 'd'.repeat(64), publicKey: null };
const opened: ConnectionEvent = { type: 'ConnectionOpened', data: facts };
const keyIssued: ConnectionEvent = { type: 'ApiKeyIssued', data: { keyDigest: command.keyDigest } };
const keyAuthorised: ConnectionEvent = { type: 'SftpKeyAuthorised', data: { publicKey: 'ssh-ed25519 AAAA' } };
const closed: ConnectionEvent = { type: 'ConnectionClosed', data: { reason: 'fin de contrat' } };

describe('openConnection', () => {
  it('R50 opens a connection and keeps the digest of its key alone', () =>
    given()
      .when((connection) => openConnection(connection, command))
      .then(opened, keyIssued));

  it('R50 lets the SFTP key that was given open the box', () =>
    given()
      .when((connection) => openConnection(connection, { ...command, publicKey: 'ssh-ed25519 AAAA' }))
      .then(opened, keyIssued, keyAuthorised));

  it.each([
    ['an open one', [opened, keyIssued]],
    ['one with its SFTP key', [opened, keyIssued, keyAuthorised]],
    ['a closed one, whose flows keep its name', [opened, keyIssued, closed]],
  ])('R50 RAC-001 refuses the application code of %s', (_, past) =>
    given(...past)
      .when((connection) => openConnection(connection, command))
      .refused('RAC-001'),
  );

  it.each(['', 'ABC12', 'ABC1234', 'abc123', 'ABC-12', 'ÀBC123', 'ABC123\n', '../etc', 'CPP001'])(
    'R50 RAC-002 refuses the application code %j',
    (applicationCode) =>
      given()
        .when((connection) => openConnection(connection, { ...command, applicationCode }))
        .refused('RAC-002'),
  );
});

describe('chooseStatusFormat', () => {
  const chosen = (format: StatusFormat): ConnectionEvent => ({ type: 'StatusFormatChosen', data: { format } });

  it.each(['CDAR', 'both'] as const)('R25 R50 a connection is told in %s from then on', (format) =>
    given(opened, keyIssued)
      .when((connection) => chooseStatusFormat(connection, format))
      .then(chosen(format)),
  );

  it('R25 comes back to the historic format', () =>
    given(opened, keyIssued, chosen('both'))
      .when((connection) => chooseStatusFormat(connection, 'CPPStatut'))
      .then(chosen('CPPStatut')));

  it.each([
    ['what it is at the start', 'CPPStatut', [opened, keyIssued]],
    ['what was chosen before', 'CDAR', [opened, keyIssued, chosen('CDAR')]],
  ] as const)('R25 nothing happens when the format is %s', (_, format, past) =>
    given(...past)
      .when((connection) => chooseStatusFormat(connection, format))
      .then(),
  );

  it.each([
    ['does not exist', []],
    ['is closed', [opened, keyIssued, closed]],
  ])('R50 RAC-003 refuses a connection that %s', (_, past) =>
    given(...past)
      .when((connection) => chooseStatusFormat(connection, 'CDAR'))
      .refused('RAC-003'),
  );
});

describe('evolveConnection', () => {
  it('R50 knows to whom an open connection belongs', () => {
    const connection = [opened, keyIssued, keyAuthorised].reduce(evolveConnection, noConnection);
    expect(connection).toEqual({
      status: 'open',
      applicationCode: 'ABC123',
      structure: '11000201100044',
      statusFormat: 'CPPStatut',
    });
    expect(evolveConnection(connection, closed)).toEqual({ status: 'closed' });
    expect(connectionStream('ABC123')).toBe('connection-ABC123');
  });

  it('R49 stops at an event that it does not know', () => {
    const unknown = { type: 'ConnectionLost', data: {} } as unknown as ConnectionEvent;
    expect(() => evolveConnection(noConnection, unknown)).toThrow('ConnectionLost');
  });
});
