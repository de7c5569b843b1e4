import type { InvoiceStatus } from './invoice-statuses.js';

/** Who sets a status. */
export type LifecycleRole = 'issuer' | 'recipient' | 'validator' | 'system';

/** Which statuses may follow which, by whose hand. */
export interface Transition {
  readonly from: readonly InvoiceStatus[];
  readonly to: InvoiceStatus;
  readonly by: LifecycleRole;
  /** Whether a coded reason must be given; a status that has no reasons takes none. */
  readonly reason?: 'required';
  /** Set only by a command of its own, which carries more than a status (recycle, complete, correct the validator). */
  readonly ownCommand?: true;
}

/** What the recipient may still process: the invoice is there, and neither paid nor refused. */
const IN_HAND: readonly InvoiceStatus[] = ['MISE_A_DISPOSITION', 'COMPLETEE', 'SERVICE_FAIT'];

/** Where processing has gone on to the payer. */
const AT_THE_ACCOUNTANT: readonly InvoiceStatus[] = ['MANDATEE', 'MISE_A_DISPOSITION_COMPTABLE', 'COMPTABILISEE'];

/**
 * The strict life of an invoice (R25 to R27), from the official statuses and what is known of their order (chorus-pro-api 6):
 * processing goes forward; a wrong recipient is said before anything was processed; what waits for the supplier waits.
 */
export const STRICT_TRANSITIONS: readonly Transition[] = [
  { from: ['A_VALIDER_1'], to: 'VALIDEE_1', by: 'validator' },
  { from: ['A_VALIDER_1'], to: 'REFUSEE_1', by: 'validator', reason: 'required' },
  { from: ['A_VALIDER_1'], to: 'ERREUR_FOURNISSEUR_SUR_VALIDEUR', by: 'validator', reason: 'required' },
  { from: ['A_VALIDER_1'], to: 'ABSENCE_VALIDATION_1_HORS_DELAI', by: 'system' },
  { from: ['ERREUR_FOURNISSEUR_SUR_VALIDEUR'], to: 'A_VALIDER_1', by: 'issuer', ownCommand: true },
  { from: ['VALIDEE_1', 'ABSENCE_VALIDATION_1_HORS_DELAI'], to: 'A_VALIDER_2', by: 'system' },
  { from: ['A_VALIDER_2'], to: 'VALIDEE_2', by: 'validator' },
  { from: ['A_VALIDER_2'], to: 'REFUSEE_2', by: 'validator', reason: 'required' },
  { from: ['A_VALIDER_2'], to: 'ABSENCE_VALIDATION_2_HORS_DELAI', by: 'system' },
  {
    from: ['VALIDEE_1', 'ABSENCE_VALIDATION_1_HORS_DELAI', 'VALIDEE_2', 'ABSENCE_VALIDATION_2_HORS_DELAI', 'DEPOSEE'],
    to: 'MISE_A_DISPOSITION',
    by: 'system',
  },
  { from: ['MISE_A_DISPOSITION', 'COMPLETEE'], to: 'A_RECYCLER', by: 'recipient' },
  { from: ['A_RECYCLER'], to: 'MISE_A_DISPOSITION', by: 'issuer', ownCommand: true },
  { from: [...IN_HAND, ...AT_THE_ACCOUNTANT], to: 'SUSPENDUE', by: 'recipient', reason: 'required' },
  { from: ['SUSPENDUE'], to: 'COMPLETEE', by: 'issuer', ownCommand: true },
  { from: [...IN_HAND, 'SUSPENDUE', ...AT_THE_ACCOUNTANT], to: 'REJETEE', by: 'recipient', reason: 'required' },
  { from: ['MISE_A_DISPOSITION', 'COMPLETEE'], to: 'SERVICE_FAIT', by: 'recipient' },
  { from: IN_HAND, to: 'MANDATEE', by: 'recipient' },
  { from: [...IN_HAND, 'MANDATEE'], to: 'MISE_A_DISPOSITION_COMPTABLE', by: 'recipient' },
  { from: [...IN_HAND, 'MANDATEE', 'MISE_A_DISPOSITION_COMPTABLE'], to: 'COMPTABILISEE', by: 'recipient' },
  { from: [...IN_HAND, ...AT_THE_ACCOUNTANT], to: 'MISE_EN_PAIEMENT', by: 'recipient' },
];

/** The statuses by which a recipient processes an invoice. */
const PROCESSING: readonly InvoiceStatus[] = [
  'MISE_A_DISPOSITION',
  'COMPLETEE',
  'SUSPENDUE',
  'A_RECYCLER',
  'SERVICE_FAIT',
  'MANDATEE',
  'MISE_A_DISPOSITION_COMPTABLE',
  'COMPTABILISEE',
  'MISE_EN_PAIEMENT',
  'REJETEE',
];

/**
 * The historic behaviour: Chorus Pro applies no order to the statuses that a recipient sets, any may precede or follow any
 * other (DSE § 3.4). What validators and suppliers do is as in the strict life.
 */
export const HISTORIC_TRANSITIONS: readonly Transition[] = [
  ...STRICT_TRANSITIONS.filter(({ by }) => by !== 'recipient'),
  ...PROCESSING.filter((status) => status !== 'COMPLETEE').map((to): Transition => ({
    from: PROCESSING,
    to,
    by: 'recipient',
    ...(to === 'SUSPENDUE' || to === 'REJETEE' ? { reason: 'required' } : {}),
  })),
];

/** By which life the platform judges: the strict one unless a setting says otherwise. */
export type LifecycleMode = 'strict' | 'historic';

/** The transitions of a mode. */
export function transitionsOf(mode: LifecycleMode): readonly Transition[] {
  return mode === 'strict' ? STRICT_TRANSITIONS : HISTORIC_TRANSITIONS;
}

/** The transition from one status to another by somebody's hand, or undefined when there is none. */
export function transitionBetween(
  mode: LifecycleMode,
  from: InvoiceStatus,
  to: InvoiceStatus,
  by: LifecycleRole,
): Transition | undefined {
  return transitionsOf(mode).find((one) => one.to === to && one.by === by && one.from.includes(from));
}

/** What somebody may make of an invoice now: for the buttons that people see. */
export function statusesWithin(mode: LifecycleMode, from: InvoiceStatus, by: LifecycleRole): readonly InvoiceStatus[] {
  return transitionsOf(mode)
    .filter((one) => one.by === by && one.from.includes(from))
    .map(({ to }) => to);
}
