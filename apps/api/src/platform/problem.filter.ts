import { AccessRefused, ComeBackLater, CommandRefused, LOGGER, type Logger } from '#application';
import { ConcurrencyConflict } from '#events';
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import { Problem } from './problem.js';

/** Turns every failure into a problem document (RFC 9457). What is ours to repair is logged and not told. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.problemOf(error, request);
    if (response.headersSent) {
      response.destroy(); // too late to say anything: the client sees a cut body
      return;
    }
    if (error instanceof ComeBackLater) response.setHeader('Retry-After', error.seconds);
    const status = problem.getStatus();
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:repons:probleme:${problem.code}`,
          title: STATUS_CODES[status] ?? 'Error',
          status,
          code: problem.code,
          detail: problem.detail,
          instance: request.originalUrl,
          ...problem.extension,
        }),
      );
  }

  private problemOf(error: unknown, request: Request): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof CommandRefused) return new Problem(409, error.code, error.message);
    if (error instanceof AccessRefused)
      return new Problem(error.verdict === 'forbidden' ? 403 : 404, error.code, error.message);
    if (error instanceof ComeBackLater)
      return new Problem(error.reason === 'busy' ? 503 : 429, error.code, error.message);
    if (error instanceof ConcurrencyConflict)
      return new Problem(409, 'SRV-409', 'D’autres modifient le même objet au même moment. Réessayez.');
    if (error instanceof HttpException) return fromHttpException(error);
    this.logger.error(
      { path: request.path, error: error instanceof Error ? error.stack : String(error) },
      'request failed',
    );
    return new Problem(
      500,
      'SRV-001',
      'La plateforme n’a pas pu traiter la demande. Rien n’a été enregistré ; réessayez plus tard.',
    );
  }
}

function fromHttpException(error: HttpException): Problem {
  const status = error.getStatus();
  if (status === 404) return new Problem(404, 'SRV-404', 'Rien ne se trouve à cette adresse.');
  const body = error.getResponse();
  const faults = typeof body === 'object' && 'message' in body ? body.message : error.message;
  return new Problem(status, `SRV-${status}`, 'La demande n’est pas conforme à ce que cette route attend.', { faults });
}
