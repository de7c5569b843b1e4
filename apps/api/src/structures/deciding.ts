import { accountOf, AccessRefused, CommandRefused, loginOf, type Session } from '#application';
import type { Accepted, Decision, ExistingStructure, FactsOfPerson, MembershipKey, Structure } from '#domain';
import type { PersonalDataVault } from '#persistence';
import type { PersonToName } from './bodies.js';

/** How a person is named in a request: by the login address, or by the UUID of the account. */
export type NamedPerson = { readonly login: string } | { readonly account: string };

/**
 * What a decider answered, when it accepted: for decisions that go to several streams.
 *
 * @throws CommandRefused when it refused
 */
export function accepted<E>(decision: Decision<E>): Accepted<E> {
  if (!decision.accepted) throw new CommandRefused(decision.code, decision.message);
  return decision;
}

/** @throws AccessRefused when there is no such structure */
export function existing(structure: Structure): ExistingStructure {
  if (structure.status === 'none') throw new AccessRefused('not-found');
  return structure;
}

/** What a decision about a person on a structure rests on. */
export async function factsOf(session: Session, structure: Structure, key: MembershipKey): Promise<FactsOfPerson> {
  return {
    structure,
    key,
    membership: await session.membership(key),
    account: await accountOf(session, key.account),
  };
}

/**
 * The account of a person who is named in a request.
 *
 * @throws CommandRefused (`RAT-011`) when nobody has that login address
 */
export async function accountNamed(session: Session, vault: PersonalDataVault, named: NamedPerson): Promise<string> {
  if ('account' in named) return named.account;
  const { account } = await loginOf(session, vault.loginDigest(named.login));
  if (account === null)
    throw new CommandRefused('RAT-011', 'Aucun compte n’a cette adresse de connexion : vérifiez-la.');
  return account;
}

/** The person whom a request names. */
export function namedPerson({ login, account }: PersonToName): NamedPerson {
  return account === undefined ? { login: login ?? '' } : { account: account.toLowerCase() };
}
