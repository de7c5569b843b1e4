import type { PrecedingInvoice } from '../model/documents.js';
import type { Invoice } from '../model/invoice.js';
import type { Party } from '../model/party.js';
import type { Value } from '../model/value.js';
import { creditNoteTypeCodes } from '../rules/france/shapes/codes.js';
import { identifierOf } from './identifiers.js';
import { PlacedTerm } from './placed-term.js';
import type { InvoiceParty, InvoiceTerms, PartyIdentifier, Term } from './terms.js';

/** Frames of subcontractors and co-contractors, whose seller has an agent (BR-FR-CPRO-21). Looking for one is dear. */
const framesWithAgent: ReadonlySet<string> = new Set(['S3', 'S6']);

/** Their historic twins, which name a validator (chorus-pro-edi 2.3). */
const framesWithValidator: ReadonlySet<string> = new Set(['A9', 'A12']);

/** The terms of an invoice, each with its place when that is asked for; see `plainTerms` for what crosses threads. */
export function termsOf(invoice: Invoice): InvoiceTerms {
  const { totals } = invoice;
  const buyerReference = located(invoice.buyerReference);
  const recipient = partyTerms(invoice.buyer, invoice.syntax, ['BT-46', 'BT-47', 'BT-48']);
  return {
    number: located(invoice.number),
    issueDate: located(invoice.issueDate),
    typeCode: located(invoice.typeCode),
    currency: located(invoice.currency),
    dueDate: located(invoice.dueDate),
    buyerReference,
    contractNumber: located(invoice.contracts[0]?.identifier ?? null),
    commitmentNumber: located(invoice.purchaseOrderReference),
    billingFrame: located(invoice.businessProcess),
    specification: located(invoice.specification),
    supplier: partyTerms(invoice.seller, invoice.syntax, ['BT-29', 'BT-30', 'BT-31']),
    recipient: {
      ...recipient,
      serviceCode: recipient.identifiers.find(({ kind }) => kind === 'SERVICE') ?? buyerReference,
    },
    sellerAgent: framesWithAgent.has(invoice.businessProcess?.value ?? '')
      ? partyTerms(invoice.sellerAgent, invoice.syntax, ['BT-29', 'BT-30', 'BT-31'])
      : null,
    validator: framesWithValidator.has(invoice.businessProcess?.value ?? '')
      ? partyTerms(invoice.validator, invoice.syntax, ['BT-29', 'BT-30', 'BT-31'])
      : null,
    totals: {
      linesTotal: located(totals?.linesTotal ?? null),
      totalWithoutVat: located(totals?.totalWithoutVat ?? null),
      totalVat: located(invoice.totalVat),
      totalWithVat: located(totals?.totalWithVat ?? null),
      prepaid: located(totals?.paidAmount ?? null),
      amountDue: located(totals?.amountDue ?? null),
    },
    precedingInvoices: precedingInvoicesOf(invoice).map(({ number, issueDate }) => ({
      number: located(number),
      issueDate: located(issueDate),
    })),
  };
}

/** Lines are looked through in credit notes alone: it is dear, and a credit note may say it of each line (BR-FR-CO-05). */
function precedingInvoicesOf({ precedingInvoices, typeCode, lines }: Invoice): readonly PrecedingInvoice[] {
  if (precedingInvoices.length > 0 || !creditNoteTypeCodes.has(typeCode?.value ?? '')) return precedingInvoices;
  return lines.flatMap((line) => line.precedingInvoices);
}

function located(value: Value | null): Term {
  return value === null ? null : new PlacedTerm(value);
}

type PartyTermNames = readonly [
  own: PartyIdentifier['term'],
  legal: PartyIdentifier['term'],
  vat: PartyIdentifier['term'],
];

function partyTerms(party: Party | null, syntax: Invoice['syntax'], [own, legal, vat]: PartyTermNames): InvoiceParty {
  if (party === null) return { name: null, identifiers: [] };
  return {
    // The historic UBL profile gives a party no other name than this one.
    name: located(party.name ?? (syntax === 'UBL' ? party.tradingName : null)),
    identifiers: [
      ...party.identifiers.map((one) => identifierOf(own, one, one.scheme)),
      ...party.registrations.map((one) => identifierOf(legal, one, one.scheme)),
      ...party.vatNumbers.map((one) => identifierOf(vat, one, one.scheme ?? 'VAT')),
    ],
  };
}
