import {
  INVOICE_STATUSES,
  STATUS_REASONS,
  type IdentifierType,
  type InvoiceStatus,
  type Party,
  type StatusReason,
} from '#domain';
import { permittedText, xmlOf } from '../shared/xml.js';
import { CPP_STATUT_TAIL, cppStatutHead } from './cpp-statut.js';
import { flowIdOf } from './flow-id.js';

/** That an invoice came to a status. */
export interface InvoiceStatusNews {
  readonly number: string;
  /** `AAAA-MM-JJ`. */
  readonly issueDate: string;
  readonly issuer: Party;
  /** How the issuer is identified. */
  readonly issuerType: IdentifierType;
  /** SIRET of the public structure. */
  readonly recipient: string;
  readonly serviceCode: string | null;
  readonly status: InvoiceStatus;
  readonly reason: StatusReason | null;
  readonly comment: string | null;
  /** ISO 8601. */
  readonly since: string;
  /** Number of the payment order (mandat). */
  readonly paymentOrder: string | null;
  /** Type of the invoice (BT-3). */
  readonly typeCode: string | null;
  readonly billingFrame: string | null;
  /** ISO 8601 instant at which the invoice was deposited. */
  readonly depositedAt: string;
  /** Whoever validates the invoice, or did last (R27). */
  readonly validator: string | null;
}

/** What a file of statuses says. */
export interface InvoiceStatusesFile {
  /** The partner's code, 3 to 8 characters. */
  readonly applicationCode: string;
  /** Rank of the file among those of that partner, from 1. */
  readonly sequence: number;
  /** ISO 8601 instant at which the file is made. */
  readonly producedAt: string;
  /** In the order of the log; those that have no place in the format are left out. */
  readonly statuses: readonly InvoiceStatusNews[];
}

/** Interface of the life cycle that is returned to senders. */
const INTERFACE = 'FEN1200A';

/** Most characters, where the schema has a limit, or the field has. */
const COMPLEMENT_LENGTH = 40;
const SERVICE_CODE_LENGTH = 100;
const RECIPIENT_LENGTH = 14;

const IDENTIFIER_TYPE_CODES: Readonly<Record<IdentifierType, string>> = {
  SIRET: '1',
  EU_VAT: '2',
  OUTSIDE_EU: '3',
  RIDET: '4',
  TAHITI: '5',
  BEING_REGISTERED: '6',
  PRIVATE_PERSON: '7',
};

/** Prefixes of VAT numbers that are not the country's code of ISO 3166-1. */
const COUNTRY_OF_VAT_PREFIX: Readonly<Record<string, string>> = { EL: 'GR', XI: 'GB' };

/**
 * Whether a status can stand in a CPPStatut file: it has a code there, and the recipient has an identifier of the length
 * that the schema asks for. One that has none would make the whole file invalid.
 */
export function isWritten({ status, recipient }: InvoiceStatusNews): boolean {
  return INVOICE_STATUSES[status].cppStatut !== null && recipient.length === RECIPIENT_LENGTH;
}

/** Name of a file of statuses, by the convention of flows: `FEN1200A_ABC123_ABC1231200000000000000042`. */
export function invoiceStatusesName(file: Pick<InvoiceStatusesFile, 'applicationCode' | 'sequence'>): string {
  return `${INTERFACE}_${file.applicationCode}_${flowIdOf(INTERFACE, file)}`;
}

/**
 * The life-cycle file that is returned to a sender: invoice-level CPPStatut as the FEN1200A flow carries it (structure of
 * CPPStatutPivot V1_19; R25, R48). One `CPPFactureStatutUnitaire` for each status.
 *
 * @returns UTF-8 text, or null when none of the statuses can be written: the schema wants at least one
 * @throws RangeError when the application code is not one
 */
export function cppInvoiceStatuses(file: InvoiceStatusesFile): string | null {
  const written = file.statuses.filter(isWritten);
  if (written.length === 0) return null;
  return [
    cppStatutHead({ ...file, flowId: flowIdOf(INTERFACE, file) }),
    `<CPPFactureStatuts compteur="${written.length}">`,
    ...written.map((news, index) => unit(news, index + 1)),
    `</CPPFactureStatuts>${CPP_STATUT_TAIL}`,
  ].join('');
}

function unit(news: InvoiceStatusNews, rank: number): string {
  return xmlOf({
    CPPFactureStatutUnitaire: {
      '@NumOrdre': String(rank),
      Fournisseur: supplier(news),
      Debiteur: {
        TypeIdentifiant: '1',
        Identifiant: text(news.recipient),
        ...optional('CodeService', begin(news.serviceCode ?? '', SERVICE_CODE_LENGTH)),
      },
      DonneesStatut: status(news),
    },
  });
}

function supplier({ issuer, issuerType }: InvoiceStatusNews): object {
  return {
    TypeIdentifiant: IDENTIFIER_TYPE_CODES[issuerType],
    Identifiant: text(issuer.identifier),
    // Asked for, and no longer known of a natural person who was erased.
    RaisonSociale: text(issuer.name ?? issuer.identifier),
    ...optional('CodePays', countryOf(issuer.identifier, issuerType)),
  };
}

/** The country that identifiers of these two types begin with. */
function countryOf(identifier: string, type: IdentifierType): string | null {
  if (type !== 'EU_VAT' && type !== 'OUTSIDE_EU') return null;
  const prefix = /^[A-Z]{2}/.exec(identifier)?.[0] ?? null;
  return prefix !== null && type === 'EU_VAT' ? (COUNTRY_OF_VAT_PREFIX[prefix] ?? prefix) : prefix;
}

function status(news: InvoiceStatusNews): object {
  const { label, cppStatut } = INVOICE_STATUSES[news.status];
  const reason = news.reason === null ? null : STATUS_REASONS[news.reason];
  // A reason that is too long for its own element is told whole before the comment.
  const isCut = reason !== null && reason.length > COMPLEMENT_LENGTH;
  const comment = [isCut ? reason : null, news.comment].filter((part) => part !== null && part !== '').join(' : ');
  return {
    IdStatut: cppStatut,
    ComplementStatut: begin(reason ?? label, COMPLEMENT_LENGTH),
    ...optional('Commentaire', comment),
    Horodatage: news.since,
    IdFacture: text(news.number),
    ...optional('DateFacture', /^\d{4}-\d{2}-\d{2}$/.test(news.issueDate) ? news.issueDate : null),
    ...optional('IdMandatDP', news.paymentOrder),
  };
}

/** An element that is left out when there is nothing to say. */
function optional(name: string, value: string | null): object {
  return value === null || value === '' ? {} : { [name]: text(value) };
}

/** The first characters of a text, none of them halved. */
function begin(value: string, most: number): string {
  return [...value].slice(0, most).join('');
}

function text(value: string): string {
  return permittedText(value, '\u{fffd}');
}
