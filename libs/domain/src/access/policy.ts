import type { SpaceCode, SpaceRight } from '../space/space-catalogue.js';
import { rightIn, ROLES, type Role, type Standing } from './standing.js';

/** What lets somebody do something on a structure: one of these is enough. */
export interface Permission {
  /** Operators and support of the platform. */
  readonly operator?: true;
  /** The structure's own machines, and those of the structure that took its place (R16). */
  readonly connection?: true;
  /** People of the structure who have one of these roles. */
  readonly roles?: readonly Role[];
  /** People of the structure who have at least this right in this space, on the structure or on the service concerned. */
  readonly space?: { readonly code: SpaceCode; readonly right: SpaceRight };
}

const MANAGERS: readonly Role[] = ['primary', 'secondary'];
const EVERYONE: readonly Role[] = ROLES;

/**
 * The one table of who may do what on a structure (R03–R18): role × space × right × structure or service. Commands and
 * queries ask it before they decide or answer. What is not in it cannot be asked for.
 */
export const POLICY = {
  'structure.read': { operator: true, roles: EVERYONE },
  'structure.export': { operator: true, roles: MANAGERS },
  'structure.describe': { operator: true, roles: MANAGERS },
  'structure.require': { operator: true, roles: MANAGERS },
  'structure.exclude': { operator: true },
  'structure.deactivate': { operator: true },
  'structure.change-identifier': { operator: true, roles: MANAGERS },
  'structure.bank-details': { operator: true, roles: MANAGERS },
  'structure.subscribe-mandate': { roles: MANAGERS },
  'member.list': { operator: true, roles: MANAGERS },
  'member.judge-request': { operator: true, roles: MANAGERS },
  'member.attach': { operator: true, roles: MANAGERS },
  'member.authorise': { operator: true, roles: MANAGERS },
  'member.appoint': { roles: ['primary'] },
  'member.transfer-primary-role': { roles: ['primary'] },
  'member.name-primary-manager': { operator: true },
  'service.manage': { operator: true, roles: MANAGERS },
  'space.manage': { operator: true, roles: MANAGERS },
  'space.subscribe': { roles: EVERYONE },
  'space.judge-subscription': { operator: true, roles: MANAGERS },
  'rights.manage': { operator: true, roles: MANAGERS },
  'support-request.create': { space: { code: 'ISSUED_SUPPORT_REQUESTS', right: 'modification' } },
  'support-request.follow': { operator: true, space: { code: 'ISSUED_SUPPORT_REQUESTS', right: 'consultation' } },
  'support-request.treat': { operator: true, space: { code: 'RECEIVED_SUPPORT_REQUESTS', right: 'modification' } },
  'invoice.read-issued': {
    operator: true,
    connection: true,
    space: { code: 'ISSUED_INVOICES', right: 'consultation' },
  },
  'invoice.issue': { connection: true, space: { code: 'ISSUED_INVOICES', right: 'modification' } },
  'invoice.read-received': {
    operator: true,
    connection: true,
    space: { code: 'RECEIVED_INVOICES', right: 'consultation' },
  },
  'invoice.read-to-validate': {
    operator: true,
    connection: true,
    space: { code: 'INVOICES_TO_VALIDATE', right: 'consultation' },
  },
  'invoice.process': { connection: true, space: { code: 'RECEIVED_INVOICES', right: 'modification' } },
  'invoice.validate': { connection: true, space: { code: 'INVOICES_TO_VALIDATE', right: 'modification' } },
  'justice-fee.read': { operator: true, connection: true, space: { code: 'JUSTICE_FEES', right: 'consultation' } },
  'refund-request.prepare': { connection: true, space: { code: 'ENERGY_TAX_REFUNDS', right: 'modification' } },
  'refund-request.follow': {
    operator: true,
    connection: true,
    space: { code: 'ENERGY_TAX_REFUNDS', right: 'consultation' },
  },
  'refund-request.treat': {
    operator: true,
    connection: true,
    space: { code: 'ENERGY_TAX_REFUNDS', right: 'modification' },
  },
  'central-service.name': { operator: true, roles: MANAGERS },
  'webhook.manage': { operator: true, connection: true, roles: MANAGERS },
  'reject-file.read': { operator: true, connection: true, roles: MANAGERS },
} as const satisfies Record<string, Permission>;

/** Name of something that can be done on a structure. */
export type Action = keyof typeof POLICY;

/**
 * What the policy answers. Whoever has nothing to do with the structure is told that it is not there, so that nobody learns
 * about others by asking.
 */
export type Verdict = 'allowed' | 'forbidden' | 'not-found';

/**
 * Asks the policy.
 *
 * @param service code of the service concerned, null when it is about the whole structure
 */
export function judgeAccess(action: Action, standing: Standing, service: string | null = null): Verdict {
  const permission: Permission = POLICY[action];
  if (standing.kind === 'operator') return permission.operator === true ? 'allowed' : 'forbidden';
  if (standing.kind === 'connection') {
    if (!standing.own) return 'not-found';
    return permission.connection === true ? 'allowed' : 'forbidden';
  }
  if (standing.role === null) return 'not-found';
  if (permission.roles?.includes(standing.role) === true) return 'allowed';
  if (permission.space === undefined) return 'forbidden';
  const right = rightIn(standing, permission.space.code, service);
  const isEnough = right === 'modification' || (right !== null && permission.space.right === 'consultation');
  return isEnough ? 'allowed' : 'forbidden';
}
