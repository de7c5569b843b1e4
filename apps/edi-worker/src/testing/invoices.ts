import { noTerms, type DescribedDocument, type IndexEntry, type InvoiceTerms } from '#einvoice';
import type { JudgedInvoice } from '../ingestion/judged-invoice.js';

const located = (value: string) => ({ value, location: '/Invoice', line: 1 });

/** The place of the invoice of that rank (from 0) in a flow. */
export function entryOf(rank: number): IndexEntry {
  return {
    rank,
    offset: rank * 10,
    length: 10,
    sha256: 'b'.repeat(64),
    member: `f${rank}.xml`,
    kind: 'xml',
    context: null,
  };
}

/** An identifier of a party, as an invoice carries it. */
export function identifier(value: string, kind: 'SIRET' | 'SIREN' | 'EU-VAT' = 'SIRET') {
  return { ...located(value), term: 'BT-30' as const, scheme: null, kind, assumed: true };
}

/** Terms of a good invoice to that recipient. */
export function termsOf(recipient: string, change: Partial<InvoiceTerms> = {}): InvoiceTerms {
  return {
    ...noTerms,
    number: located('F-1'),
    issueDate: located('2026-11-20'),
    currency: located('EUR'),
    supplier: { name: located('Papeterie'), identifiers: [identifier('11000201100044')] },
    recipient: { name: located('Commune'), identifiers: [identifier(recipient)], serviceCode: located('SERV') },
    totals: { ...noTerms.totals, totalWithVat: located('120.00') },
    ...change,
  };
}

/** An invoice that the validator has looked at. */
export function judged(rank: number, terms: InvoiceTerms, change: Partial<JudgedInvoice> = {}): JudgedInvoice {
  return {
    entry: entryOf(rank),
    status: 'judged',
    syntax: 'UBL',
    rules: ['chorus-historic'],
    terms,
    findings: [],
    supportingDocuments: [],
    ...change,
  };
}

/** A supporting document as the validator describes it. */
export function documentNamed(name: string): DescribedDocument {
  return {
    name,
    declaredName: name,
    declaredType: null,
    description: null,
    type: { mime: 'application/pdf', extensions: ['pdf'], label: 'PDF' },
    bytes: 12,
    sha256: 'c'.repeat(64),
    unpacked: false,
    location: '/Invoice',
    line: 1,
  };
}
