import type { XmlElement } from '../xml/element.js';
import { namespaces } from '../xml/namespaces.js';
import { identifierOf } from './identifiers.js';
import { descend, termOf } from './located.js';
import type { DocumentTotals, InvoiceTerms, InvoiceParty, PartyIdentifier, Term } from './terms.js';

const { ram, rsm } = namespaces;

/** Reads the terms of a CII invoice, D16B or D22B (EN 16931-3-3), as far as the document has them. */
export function readCii(root: XmlElement): InvoiceTerms {
  const context = root.child(rsm, 'ExchangedDocumentContext');
  const document = root.child(rsm, 'ExchangedDocument');
  const transaction = root.child(rsm, 'SupplyChainTradeTransaction');
  const agreement = transaction?.child(ram, 'ApplicableHeaderTradeAgreement') ?? null;
  const settlement = transaction?.child(ram, 'ApplicableHeaderTradeSettlement') ?? null;
  const currency = termOf(settlement?.child(ram, 'InvoiceCurrencyCode'));
  const buyer = party(agreement?.child(ram, 'BuyerTradeParty') ?? null, ['BT-46', 'BT-47', 'BT-48']);
  const buyerReference = termOf(agreement?.child(ram, 'BuyerReference'));
  return {
    number: termOf(document?.child(ram, 'ID')),
    issueDate: dateOf(document?.child(ram, 'IssueDateTime') ?? null),
    typeCode: termOf(document?.child(ram, 'TypeCode')),
    currency,
    dueDate: dateOf(descend(settlement, ram, 'SpecifiedTradePaymentTerms', 'DueDateDateTime')),
    buyerReference,
    contractNumber: termOf(descend(agreement, ram, 'ContractReferencedDocument', 'IssuerAssignedID')),
    commitmentNumber: termOf(descend(agreement, ram, 'BuyerOrderReferencedDocument', 'IssuerAssignedID')),
    billingFrame: termOf(descend(context, ram, 'BusinessProcessSpecifiedDocumentContextParameter', 'ID')),
    specification: termOf(descend(context, ram, 'GuidelineSpecifiedDocumentContextParameter', 'ID')),
    supplier: party(agreement?.child(ram, 'SellerTradeParty') ?? null, ['BT-29', 'BT-30', 'BT-31']),
    recipient: {
      ...buyer,
      serviceCode: buyer.identifiers.find((one) => one.kind === 'SERVICE') ?? buyerReference,
    },
    totals: totals(settlement, currency),
  };
}

/** A CII date: `DateTimeString` of format 102 (`yyyymmdd`), which historic samples use without saying the format. */
function dateOf(holder: XmlElement | null): Term {
  const element = holder?.children.find((child) => child.localName === 'DateTimeString') ?? null;
  const term = termOf(element);
  if (element === null || term === null) return null;
  const format = element.attribute('format');
  const parts = format === null || format === '102' ? /^(\d{4})(\d{2})(\d{2})$/.exec(term.value) : null;
  return parts === null ? term : { ...term, value: `${parts[1]}-${parts[2]}-${parts[3]}` };
}

type PartyTerms = readonly [own: PartyIdentifier['term'], legal: PartyIdentifier['term'], vat: PartyIdentifier['term']];

function party(found: XmlElement | null, [own, legal, vat]: PartyTerms): InvoiceParty {
  if (found === null) return { name: null, identifiers: [] };
  const identifiers: (PartyIdentifier | null)[] = [];
  for (const name of ['ID', 'GlobalID']) {
    for (const id of found.childrenNamed(ram, name)) identifiers.push(identifierOf(own, id, id.attribute('schemeID')));
  }
  for (const id of found.child(ram, 'SpecifiedLegalOrganization')?.childrenNamed(ram, 'ID') ?? []) {
    identifiers.push(identifierOf(legal, id, id.attribute('schemeID')));
  }
  for (const registration of found.childrenNamed(ram, 'SpecifiedTaxRegistration')) {
    const id = registration.child(ram, 'ID');
    // FC is a local tax number (BT-32): it identifies nobody outside its tax office.
    const scheme = id?.attribute('schemeID') ?? null;
    if (id !== null && (scheme === 'VA' || scheme === 'VAT')) identifiers.push(identifierOf(vat, id, scheme));
  }
  return { name: termOf(found.child(ram, 'Name')), identifiers: identifiers.filter((one) => one !== null) };
}

function totals(settlement: XmlElement | null, currency: Term): DocumentTotals {
  const monetary = settlement?.child(ram, 'SpecifiedTradeSettlementHeaderMonetarySummation') ?? null;
  const amount = (name: string): Term => inCurrency(monetary?.childrenNamed(ram, name) ?? [], currency);
  return {
    linesTotal: amount('LineTotalAmount'),
    totalWithoutVat: amount('TaxBasisTotalAmount'),
    totalVat: amount('TaxTotalAmount'),
    totalWithVat: amount('GrandTotalAmount'),
    prepaid: amount('TotalPrepaidAmount'),
    amountDue: amount('DuePayableAmount'),
  };
}

/** BT-110 and BT-111 share an element name and differ by currency. */
function inCurrency(amounts: readonly XmlElement[], currency: Term): Term {
  if (amounts.length < 2) return termOf(amounts[0]);
  return termOf(amounts.find((one) => [null, currency?.value].includes(one.attribute('currencyID'))));
}
