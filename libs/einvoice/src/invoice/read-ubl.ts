import type { XmlElement } from '../xml/element.js';
import { namespaces } from '../xml/namespaces.js';
import { identifierOf } from './identifiers.js';
import { descend, termOf } from './located.js';
import type { DocumentTotals, InvoiceTerms, InvoiceParty, PartyIdentifier, Term } from './terms.js';

const { aife, cac, cbc, ext } = namespaces;

/** Reads the terms of a UBL 2.1 Invoice or CreditNote (EN 16931-3-2), as far as the document has them. */
export function readUbl(root: XmlElement): InvoiceTerms {
  const basic = (name: string): Term => termOf(root.child(cbc, name));
  const currency = basic('DocumentCurrencyCode');
  const recipient = party(root, 'AccountingCustomerParty', ['BT-46', 'BT-47', 'BT-48']);
  const buyerReference = basic('BuyerReference');
  return {
    number: basic('ID'),
    issueDate: basic('IssueDate'),
    typeCode: basic('InvoiceTypeCode') ?? basic('CreditNoteTypeCode'),
    currency,
    dueDate: basic('DueDate') ?? termOf(descend(root.child(cac, 'PaymentMeans'), cbc, 'PaymentDueDate')),
    buyerReference,
    contractNumber: termOf(root.child(cac, 'ContractDocumentReference')?.child(cbc, 'ID')),
    commitmentNumber: termOf(root.child(cac, 'OrderReference')?.child(cbc, 'ID')),
    billingFrame: historicFrame(root) ?? basic('ProfileID'),
    specification: basic('CustomizationID'),
    supplier: party(root, 'AccountingSupplierParty', ['BT-29', 'BT-30', 'BT-31']),
    recipient: { ...recipient, serviceCode: serviceCode(recipient) ?? buyerReference },
    totals: totals(root, currency),
  };
}

/** The historic profile keeps the billing frame in an extension of AIFE, not in ProfileID. */
function historicFrame(root: XmlElement): Term {
  for (const extension of root.child(ext, 'UBLExtensions')?.childrenNamed(ext, 'UBLExtension') ?? []) {
    const content = extension.child(ext, 'ExtensionContent');
    const category = content?.child(aife, 'FactureExtension')?.child(aife, 'CategoryCode');
    if (category !== null && category !== undefined) return termOf(category);
  }
  return null;
}

type PartyTerms = readonly [own: PartyIdentifier['term'], legal: PartyIdentifier['term'], vat: PartyIdentifier['term']];

function party(root: XmlElement, role: string, [own, legal, vat]: PartyTerms): InvoiceParty {
  const found = descend(root, cac, role, 'Party');
  if (found === null) return { name: null, identifiers: [] };
  const legalEntity = found.child(cac, 'PartyLegalEntity');
  const identifiers: (PartyIdentifier | null)[] = [];
  for (const identification of found.childrenNamed(cac, 'PartyIdentification')) {
    const id = identification.child(cbc, 'ID');
    // SEPA is the creditor identifier of a direct debit (BT-90), not an identifier of the party.
    if (id !== null && id.attribute('schemeID') !== 'SEPA')
      identifiers.push(identifierOf(own, id, id.attribute('schemeID')));
  }
  const company = legalEntity?.child(cbc, 'CompanyID') ?? null;
  if (company !== null) identifiers.push(identifierOf(legal, company, company.attribute('schemeID')));
  for (const scheme of found.childrenNamed(cac, 'PartyTaxScheme')) {
    const number = scheme.child(cbc, 'CompanyID');
    const tax = termOf(scheme.child(cac, 'TaxScheme')?.child(cbc, 'ID'))?.value ?? null;
    if (number !== null && tax === 'VAT') identifiers.push(identifierOf(vat, number, tax));
  }
  return {
    name:
      termOf(legalEntity?.child(cbc, 'RegistrationName')) ??
      termOf(descend(found.child(cac, 'PartyName'), cbc, 'Name')),
    identifiers: identifiers.filter((one) => one !== null),
  };
}

function serviceCode(recipient: InvoiceParty): Term {
  return recipient.identifiers.find((one) => one.kind === 'SERVICE') ?? null;
}

function totals(root: XmlElement, currency: Term): DocumentTotals {
  const monetary = root.child(cac, 'LegalMonetaryTotal');
  const amount = (name: string): Term => termOf(monetary?.child(cbc, name));
  // BT-110 and BT-111 share a path and differ by currency.
  const vatTotals = root.childrenNamed(cac, 'TaxTotal').flatMap((total) => total.childrenNamed(cbc, 'TaxAmount'));
  const inCurrency = vatTotals.find((one) => [null, currency?.value].includes(one.attribute('currencyID')));
  return {
    linesTotal: amount('LineExtensionAmount'),
    totalWithoutVat: amount('TaxExclusiveAmount'),
    totalVat: termOf(inCurrency),
    totalWithVat: amount('TaxInclusiveAmount'),
    prepaid: amount('PrepaidAmount'),
    amountDue: amount('PayableAmount'),
  };
}
