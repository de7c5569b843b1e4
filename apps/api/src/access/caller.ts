import type { Caller } from '#application';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

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
