import type { KnownConnection } from '../directory/directory.js';

/** A structure's machine, as far as who is asked knows it. */
export type CallingConnection = Pick<KnownConnection, 'applicationCode' | 'structure' | 'name'>;

/**
 * Who asks something of the platform: an operator, a connection (a structure's machine), or a person who is signed in.
 */
export type Caller =
  | { readonly kind: 'operator' }
  | { readonly kind: 'connection'; readonly connection: CallingConnection }
  | { readonly kind: 'person'; readonly account: string };

/** How the log names who acts. It names a person by the account, never by anything personal. */
export function actorOf(caller: Caller): string {
  switch (caller.kind) {
    case 'operator':
      return 'operator';
    case 'connection':
      return `connection-${caller.connection.applicationCode}`;
    case 'person':
      return `account-${caller.account}`;
  }
}

/** Who acts on structures and their people, as their events name it: an account, or `operator`. Machines change nothing there. */
export function actingAs(caller: Caller): string {
  return caller.kind === 'person' ? caller.account : 'operator';
}
