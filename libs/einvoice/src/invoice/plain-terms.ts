import type { InvoiceParty, InvoiceTerms, PartyIdentifier, Term } from './terms.js';

/**
 * The terms of an invoice as plain data with every place worked out, which can be stored and sent to another thread. The
 * terms of an opened or judged invoice work out a place when it is asked for, and hold on to the document until then.
 */
export function plainTerms(terms: InvoiceTerms): InvoiceTerms {
  const { supplier, recipient, sellerAgent, validator, totals, precedingInvoices } = terms;
  return {
    number: plain(terms.number),
    issueDate: plain(terms.issueDate),
    typeCode: plain(terms.typeCode),
    currency: plain(terms.currency),
    dueDate: plain(terms.dueDate),
    buyerReference: plain(terms.buyerReference),
    contractNumber: plain(terms.contractNumber),
    commitmentNumber: plain(terms.commitmentNumber),
    billingFrame: plain(terms.billingFrame),
    specification: plain(terms.specification),
    supplier: plainParty(supplier),
    recipient: { ...plainParty(recipient), serviceCode: plain(recipient.serviceCode) },
    sellerAgent: sellerAgent === null ? null : plainParty(sellerAgent),
    validator: validator === null ? null : plainParty(validator),
    totals: {
      linesTotal: plain(totals.linesTotal),
      totalWithoutVat: plain(totals.totalWithoutVat),
      totalVat: plain(totals.totalVat),
      totalWithVat: plain(totals.totalWithVat),
      prepaid: plain(totals.prepaid),
      amountDue: plain(totals.amountDue),
    },
    precedingInvoices: precedingInvoices.map(({ number, issueDate }) => ({
      number: plain(number),
      issueDate: plain(issueDate),
    })),
  };
}

function plain(term: Term): Term {
  return term === null ? null : { value: term.value, location: term.location, line: term.line };
}

function plainParty({ name, identifiers }: InvoiceParty): InvoiceParty {
  return { name: plain(name), identifiers: identifiers.map(plainIdentifier) };
}

function plainIdentifier(one: PartyIdentifier): PartyIdentifier {
  const { value, location, line, term, scheme, kind, assumed } = one;
  return { value, location, line, term, scheme, kind, assumed };
}
