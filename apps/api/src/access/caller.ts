import type { Caller } from '#application';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../platform/problem.js';

/** A request whose caller the guard has recognised. */
export type RequestWithCaller = Request & { caller?: Caller };

/** A caller that is a machine or an operator: who deposits flows and reads what became of them. */
export type MachineCaller = Exclude<Caller, { kind: 'person' }>;

/** The caller of the request, for a route's parameters. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<RequestWithCaller>();
  if (caller === undefined) throw new Error('A route that reads its caller must be guarded');
  return caller;
});

/** The secret that a request shows, or null. One form alone is taken, so that a key is never half read. */
export function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer ([\x21-\x7e]{16,200})$/.exec(authorization ?? '')?.[1] ?? null;
}

/** The token of the session by which a person calls, for a route's parameters. */
export const SessionTokenOf = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const token = bearerToken(context.switchToHttp().getRequest<Request>().header('authorization'));
  if (token === null) throw new Error('A route that reads its session must be guarded');
  return token;
});

/** The network address that a request comes from, for a route's parameters; what proxies say counts if they are trusted. */
export const AddressOf = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<Request>().ip ?? '',
);

/** A caller who is a person that is signed in. */
export type PersonCaller = Extract<Caller, { kind: 'person' }>;

/**
 * The caller, where machines have no business.
 *
 * @throws Problem (403, `AUTH-002`) to a connection
 */
export function noMachine(caller: Caller): PersonCaller | Extract<Caller, { kind: 'operator' }> {
  if (caller.kind !== 'connection') return caller;
  throw new Problem(403, 'AUTH-002', 'Cette route est réservée aux personnes et aux exploitants de la plateforme.');
}
