import type { KnownConnection } from '#application';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/**
 * Who calls: an operator, who sees and manages everything, or a connection, which sees its own. Set by the guard; a
 * route without one has no caller and does not start.
 */
export type Caller =
  { readonly kind: 'operator' } | { readonly kind: 'connection'; readonly connection: KnownConnection };

export type RequestWithCaller = Request & { caller?: Caller };

/** The caller of the request, for a route's parameters. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<RequestWithCaller>();
  if (caller === undefined) throw new Error('A route that reads its caller must be guarded');
  return caller;
});
