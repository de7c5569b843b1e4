import { AccessRefused, type Caller } from '#application';
import { STRUCTURE_IDENTIFIER } from '#domain';
import { Param, ParseUUIDPipe, type PipeTransform } from '@nestjs/common';
import type { PersonCaller } from '../access/caller.js';
import { Problem } from '../platform/problem.js';
import type { PersonToName, PagingQuery } from './bodies.js';
import type { NamedPerson } from './deciding.js';
import type { Paging } from './page.js';

const PAGE_SIZE = 50;
const LARGEST_PAGE = 500;

/** What cannot be an identifier is that of no structure. */
class IdentifierPipe implements PipeTransform<string, string> {
  transform(identifier: string): string {
    if (!STRUCTURE_IDENTIFIER.test(identifier)) throw new AccessRefused('not-found');
    return identifier;
  }
}

/** Identifier of the structure that a route is about. */
export const Identifier = (): ParameterDecorator => Param('identifier', new IdentifierPipe());

/** UUID of the account that a route is about. */
export const Account = (): ParameterDecorator => Param('account', new ParseUUIDPipe());

/** The person whom a request names. */
export function namedPerson({ login, account }: PersonToName): NamedPerson {
  return account === undefined ? { login: login ?? '' } : { account: account.toLowerCase() };
}

/** Which page a request asks for. */
export function paging({ after, limit }: PagingQuery): Paging {
  return { after: after ?? null, limit: Math.min(Math.max(Number(limit ?? PAGE_SIZE), 1), LARGEST_PAGE) };
}

/**
 * The caller, where machines have no business.
 *
 * @throws Problem (403, `AUTH-002`) to a connection
 */
export function noMachine(caller: Caller): PersonCaller | Extract<Caller, { kind: 'operator' }> {
  if (caller.kind !== 'connection') return caller;
  throw new Problem(403, 'AUTH-002', 'Cette route est réservée aux personnes et aux exploitants de la plateforme.');
}
