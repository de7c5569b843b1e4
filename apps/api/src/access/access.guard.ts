import { CONFIGURATION, Directory, SESSION_PREFIX, Sessions, type Caller, type Configuration } from '#application';
import {
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '../platform/problem.js';
import { bearerToken, type RequestWithCaller } from './caller.js';

const ACCESS = 'access';

/**
 * Who may call a route: everyone, whoever is known, people who are signed in, machines and operators, or operators alone. A
 * route that says nothing is refused. What a known caller may do with which object is the policy's to say (`POLICY`).
 */
export type Access = 'public' | 'authenticated' | 'person' | 'machine' | 'operator';

/** Says who may call a route or a controller. */
export const AllowAccess = (access: Access): CustomDecorator => SetMetadata(ACCESS, access);

/**
 * Recognises the caller by `Authorization: Bearer …`: the operator's key, the API key of a connection (R50) or the token of
 * a person's session (R01). Registered for the whole application, so that a route that forgets to say who may call it is
 * closed, not open.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const caller = await this.callerOf(request.header('authorization'));
    if (caller === null)
      throw new Problem(401, 'AUTH-001', 'Clé d’API absente ou inconnue. Envoyez « Authorization: Bearer <clé> ».');
    if (access === undefined || !admits(access, caller))
      throw new Problem(403, 'AUTH-002', RESERVED[access ?? 'operator']);
    request.caller = caller;
    return true;
  }

  private async callerOf(authorization: string | undefined): Promise<Caller | null> {
    const key = bearerToken(authorization);
    if (key === null) return null;
    const operatorKey = this.configuration.API_ADMIN_KEY;
    if (operatorKey !== undefined && sameSecret(key, operatorKey)) return { kind: 'operator' };
    if (key.startsWith(SESSION_PREFIX)) {
      const account = await this.sessions.accountOf(key);
      return account === null ? null : { kind: 'person', account };
    }
    const connection = await this.directory.connectionOfKey(key);
    return connection === null ? null : { kind: 'connection', connection };
  }
}

function admits(access: Access, { kind }: Caller): boolean {
  if (access === 'operator' || access === 'person') return kind === access;
  return access === 'machine' ? kind !== 'person' : true;
}

const RESERVED: Readonly<Record<Access, string>> = {
  public: '',
  authenticated: '',
  person: 'Cette route est réservée aux personnes connectées à leur compte.',
  machine: 'Cette route est réservée aux raccordements et aux exploitants de la plateforme.',
  operator: 'Cette route est réservée aux exploitants de la plateforme.',
};

/** Compares in a time that tells nothing of where they differ. */
function sameSecret(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
