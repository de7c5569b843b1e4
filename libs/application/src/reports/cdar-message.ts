import {
  afnorCodeOf,
  compactParisTime,
  INVOICE_STATUSES,
  isBeforeRecipient,
  sirenOf,
  STATUS_REASONS,
  type InvoiceStatus,
  type StatusReason,
} from '#domain';
import { cdarCodes } from '#einvoice';
import { FRENCH_ADDRESS_SCHEME, IDENTIFIER_SCHEMES, SIREN_SCHEME } from '../shared/identifier-schemes.js';
import { permittedText, xmlOf } from '../shared/xml.js';
import type { InvoiceStatusNews } from './cpp-invoice-statuses.js';

/** What one message of CDAR is about. */
export interface CdarMessageToWrite {
  /** Identifies the message among all of the platform (MDT-4). */
  readonly id: string;
  /** ISO 8601 instant at which it is made. */
  readonly producedAt: string;
  readonly news: InvoiceStatusNews;
}

/** Label (MDT-106, as the official examples write it) and document status code (MDT-88, UNTDID 1373) of each AFNOR code of ours. */
const LIFECYCLE: Readonly<Record<string, { readonly label: string; readonly documentStatus: string | null }>> = {
  '202': { label: 'Reçue', documentStatus: '43' },
  '203': { label: 'Mise_à_disposition', documentStatus: '48' },
  '204': { label: 'Prise_en_charge', documentStatus: '45' },
  '205': { label: 'Approuvée', documentStatus: '1' },
  '206': { label: 'Approuvée_partiellement', documentStatus: '49' },
  '208': { label: 'Suspendue', documentStatus: '39' },
  '209': { label: 'Complétée', documentStatus: '37' },
  '210': { label: 'Refusée', documentStatus: '50' },
  '211': { label: 'Paiement_transmis', documentStatus: '47' },
  '214': { label: 'Visée', documentStatus: null },
};

/** AFNOR codes that the platform itself tells of the way of an invoice. */
const TRANSMISSION: readonly string[] = ['202', '203'];

/** The reason that stands for those which the profile does not know of a status; the exact one is told in words beside it. */
const STAND_IN: Readonly<Record<string, StatusReason>> = { '206': 'AUTRE', '208': 'JUSTIF_ABS', '210': 'AUTRE' };

const NAMESPACES = {
  '@xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100',
  '@xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  '@xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
  '@xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

/** Whether a status can be told in CDAR: it has an AFNOR code, and its invoice a date. */
export function hasCdarMessage({ status, billingFrame, issueDate }: InvoiceStatusNews): boolean {
  return afnorCodeOf(status, billingFrame) !== null && /^\d{4}-\d{2}-\d{2}$/.test(issueDate);
}

/**
 * A message of CDAR (UN/CEFACT D22B) that tells one status of one invoice, as the French profile wants it (BR-FR-CDV of
 * XP Z12-012; R25).
 *
 * @returns UTF-8 text; the same status gives the same bytes
 * @throws RangeError when the status cannot be told in CDAR
 */
export function cdarMessage({ id, producedAt, news }: CdarMessageToWrite): string {
  const code = afnorCodeOf(news.status, news.billingFrame);
  const told = code === null ? undefined : LIFECYCLE[code];
  if (code === null || told === undefined || !hasCdarMessage(news))
    throw new RangeError(`No CDAR message for ${news.status}`);
  const isTransmission = TRANSMISSION.includes(code);
  const body = xmlOf({
    'rsm:CrossDomainAcknowledgementAndResponse': {
      ...NAMESPACES,
      'rsm:ExchangedDocumentContext': {
        'ram:BusinessProcessSpecifiedDocumentContextParameter': { 'ram:ID': 'REGULATED' },
        'ram:GuidelineSpecifiedDocumentContextParameter': { 'ram:ID': cdarCodes.invoiceProfile },
      },
      'rsm:ExchangedDocument': {
        'ram:ID': id,
        'ram:Name': text(`${news.number}_CDV-${code}_${told.label}`),
        'ram:IssueDateTime': instant(producedAt),
        'ram:SenderTradeParty': {
          // By it whoever reads the message knows that the reasons of the public sector may be in it (BR-FR-CDV-CL-09).
          'ram:GlobalID': identifier(cdarCodes.publicSectorPlatform, cdarCodes.platformScheme),
          'ram:RoleCode': cdarCodes.platformRole,
        },
        'ram:IssuerTradeParty': isTransmission ? { 'ram:RoleCode': cdarCodes.platformRole } : giverOf(news),
        'ram:RecipientTradeParty': { ...seller(news), 'ram:URIUniversalCommunication': addressOf(news) },
      },
      'rsm:AcknowledgementDocument': {
        'ram:MultipleReferencesIndicator': { 'udt:Indicator': 'false' },
        'ram:TypeCode': isTransmission ? cdarCodes.transmissionPhase : cdarCodes.processingPhase,
        'ram:IssueDateTime': instant(news.since),
        'ram:ReferenceReferencedDocument': {
          'ram:IssuerAssignedID': text(news.number),
          ...optional('ram:StatusCode', told.documentStatus),
          ...optional('ram:TypeCode', knownType(news.typeCode)),
          'ram:ReceiptDateTime': instant(news.depositedAt),
          'ram:FormattedIssueDateTime': {
            'qdt:DateTimeString': { '@format': '102', '#text': news.issueDate.replaceAll('-', '') },
          },
          'ram:ProcessConditionCode': code,
          'ram:ProcessCondition': told.label,
          'ram:IssuerTradeParty': seller(news),
          'ram:RecipientTradeParty': buyer(news),
          ...detail(news, code, told.label),
        },
      },
    },
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`;
}

/** Whoever gave a status of processing. */
function giverOf(news: InvoiceStatusNews): object {
  if (news.status === 'COMPLETEE') return seller(news);
  if (!isBeforeRecipient(news.status) || news.validator === null) return buyer(news);
  return { 'ram:GlobalID': siretOrOther(news.validator), 'ram:RoleCode': 'SR' };
}

function seller({ issuer, issuerType }: InvoiceStatusNews): object {
  const ids =
    issuerType === 'SIRET'
      ? siretOrOther(issuer.identifier)
      : identifier(issuer.identifier, IDENTIFIER_SCHEMES[issuerType]);
  // The name of a natural person who was erased is no longer known.
  return { 'ram:GlobalID': ids, ...optional('ram:Name', issuer.name), 'ram:RoleCode': 'SE' };
}

function buyer({ recipient }: InvoiceStatusNews): object {
  return { 'ram:GlobalID': siretOrOther(recipient), 'ram:RoleCode': 'BY' };
}

function addressOf({ issuer, issuerType }: InvoiceStatusNews): object {
  const id = issuerType === 'SIRET' ? identifier(sirenOf(issuer.identifier), FRENCH_ADDRESS_SCHEME) : undefined;
  return { 'ram:URIID': id ?? identifier(issuer.identifier, IDENTIFIER_SCHEMES[issuerType]) };
}

/** A SIRET with its SIREN, by which the reform knows companies, before it. */
function siretOrOther(given: string): object | object[] {
  if (!/^\d{14}$/.test(given)) return identifier(given, /^\d{9}$/.test(given) ? SIREN_SCHEME : null);
  return [identifier(sirenOf(given), SIREN_SCHEME), identifier(given, IDENTIFIER_SCHEMES.SIRET)];
}

function identifier(value: string, scheme: string | null): object {
  return { ...(scheme === null ? {} : { '@schemeID': scheme }), '#text': text(value) };
}

/** Reason, and what the code does not say: which of our statuses it is, and the comment. */
function detail(news: InvoiceStatusNews, code: string, label: string): object {
  const { status, comment, paymentOrder } = news;
  const exact = INVOICE_STATUSES[status].label;
  const notes = [
    exact === label.replaceAll('_', ' ') ? null : exact,
    comment,
    paymentOrder === null ? null : `Mandat ${paymentOrder}`,
  ];
  const note = notes.filter((one) => one !== null && one !== '').join(' : ');
  const reason = reasonOf(status, news.reason, code);
  if (reason === null && note === '') return {};
  return {
    'ram:SpecifiedDocumentStatus': {
      ...(reason === null ? {} : { 'ram:ReasonCode': reason.code, 'ram:Reason': reason.label }),
      'ram:SequenceNumeric': '1',
      ...(note === '' ? {} : { 'ram:IncludedNote': { 'ram:Content': text(note) } }),
    },
  };
}

/** The reason as the profile knows it for an AFNOR code, with the label of ours; null where the code takes none. */
function reasonOf(
  status: InvoiceStatus,
  given: StatusReason | null,
  code: string,
): { readonly code: string; readonly label: string } | null {
  if (!cdarCodes.statusesWithReason.has(code)) return null;
  // "À recycler" needs no reason here: it says by itself that the recipient is the wrong one.
  const reason = given ?? (status === 'A_RECYCLER' ? 'DEST_ERR' : (STAND_IN[code] ?? 'AUTRE'));
  const known = code === '210' ? cdarCodes.publicSectorRefusalReasons : cdarCodes.reasonsOfLifecycleCode[code];
  return { code: known?.has(reason) === true ? reason : (STAND_IN[code] ?? reason), label: STATUS_REASONS[reason] };
}

function knownType(typeCode: string | null): string | null {
  return typeCode !== null && cdarCodes.invoiceTypes.has(typeCode) ? typeCode : null;
}

function instant(at: string): object {
  return { 'udt:DateTimeString': { '@format': '204', '#text': compactParisTime(at) } };
}

function optional(name: string, value: string | null): object {
  return value === null || value === '' ? {} : { [name]: text(value) };
}

function text(value: string): string {
  return permittedText(value, '\u{fffd}');
}
