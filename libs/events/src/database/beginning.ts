import type { PoolClient } from 'pg';
import { PreparedStatement, type MessageConnection } from './prepared-statement.js';

const BEGIN = { name: 'es.begin', text: 'BEGIN' };

/**
 * Begins a transaction with the first statement that is asked of a connection, which takes the BEGIN along: a round trip less
 * for each transaction. Sent as one message, neither runs when BEGIN fails. A statement that is not a {@link PreparedStatement}
 * is sent behind a BEGIN of its own, and a connection whose BEGIN fails is cut before it could run alone.
 *
 * @returns tells whether a transaction was begun, and from then on begins none
 * @throws what the first BEGIN of a connection throws, which is sent at once
 */
export async function beginWithFirstStatement(client: PoolClient): Promise<() => boolean> {
  const { connection } = client as unknown as { connection: MessageConnection };
  if (connection.parsedStatements[BEGIN.name] === undefined) {
    await client.query(BEGIN);
    return () => true;
  }
  let isBegun = false;
  const ask = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const stopWaiting = (): void => void Reflect.deleteProperty(client, 'query');
  // Hides the method of the class until it is called once.
  const asFirst = (...asked: unknown[]): unknown => {
    stopWaiting();
    isBegun = true;
    const [first] = asked;
    if (first instanceof PreparedStatement) first.precededBy = BEGIN.name;
    else ask(BEGIN, undefined, (error: Error | null) => error && connection.stream.destroy(error));
    return ask(...asked);
  };
  Object.assign(client, { query: asFirst });
  return () => {
    stopWaiting();
    return isBegun;
  };
}
