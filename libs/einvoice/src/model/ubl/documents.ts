import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import type { Delivery, DocumentReference, Note, Period, PrecedingInvoice, SupportingDocument } from '../documents.js';
import { none } from '../repeated.js';
import { attributeValue, Value } from '../value.js';
import { aggregate, aggregates, basic, basics, date } from './nodes.js';
import { ublAddress } from './party.js';

/** UNTDID 1001: a reference to the object that is invoiced (BT-18, BT-128). */
const invoicedObject = '130';
/** UNTDID 1001: the project, in a credit note, which has no element of its own for it (BT-11). */
const project = '50';

/** UBL has one text for a note: the subject code stands before it, between number signs. */
const subjectAndText = /^#([A-Z0-9]{2,3})#([^]*)$/;

/** The notes of a document or of a line of UBL. */
export function ublNotes(from: XmlElement): Note[] {
  return basics(from, 'Note').map((written) => {
    const parts = subjectAndText.exec(written.value);
    if (parts === null) return { element: written.element, subjectCode: null, text: written };
    const text = (parts[2] ?? '').trim();
    return {
      element: written.element,
      subjectCode: new Value(parts[1] ?? '', written.element),
      text: text === '' ? null : new Value(text, written.element),
    };
  });
}

/** The period of a document or of a line of UBL; null when there is none. */
export function ublPeriod(from: XmlElement): Period | null {
  const element = aggregate(from, 'InvoicePeriod');
  return element === null ? null : { element, start: date(element, 'StartDate'), end: date(element, 'EndDate') };
}

/** The delivery of a document or of a line of UBL; null when there is none. */
export function ublDelivery(from: XmlElement): Delivery | null {
  const element = aggregate(from, 'Delivery');
  if (element === null) return null;
  const location = aggregate(element, 'DeliveryLocation');
  return {
    element,
    recipientName: basic(aggregate(element, 'DeliveryParty', 'PartyName'), 'Name'),
    locationIdentifiers: basics(location, 'ID'),
    date: date(element, 'ActualDeliveryDate'),
    address: ublAddress(aggregate(location, 'Address')),
  };
}

/** The preceding invoices of a document or of a line of UBL, except `itself`: extended invoices refer to their own lines so. */
export function ublPrecedingInvoices(
  from: XmlElement,
  itself: (() => string | null) | null,
): readonly PrecedingInvoice[] {
  const references = aggregates(from, 'BillingReference');
  if (references.length === 0) return none;
  const own = itself === null ? null : itself();
  return references
    .flatMap((reference) => aggregates(reference, 'InvoiceDocumentReference'))
    .map((element) => ({
      element,
      number: basic(element, 'ID'),
      issueDate: date(element, 'IssueDate'),
      typeCode: basic(element, 'DocumentTypeCode'),
    }))
    .filter(({ number }) => own === null || number?.value !== own);
}

/** The contracts that a UBL document refers to, with their kind. */
export function ublContracts(root: XmlElement): readonly DocumentReference[] {
  return aggregates(root, 'ContractDocumentReference').map((element) => ({
    element,
    identifier: basic(element, 'ID'),
    referenceType: basic(element, 'DocumentTypeCode') ?? basic(element, 'DocumentType'),
  }));
}

/** The object that a UBL document (BT-18) or line (BT-128) invoices; null when there is none. */
export function ublInvoicedObject(references: readonly XmlElement[]): DocumentReference | null {
  const element = references.find((one) => typeOf(one) === invoicedObject);
  if (element === undefined) return null;
  const identifier = basic(element, 'ID');
  return { element, identifier, referenceType: attributeValue(identifier?.element, 'schemeID') };
}

/** The project of a UBL credit note (BT-11); null when there is none. */
export function ublCreditNoteProject(root: XmlElement): Value | null {
  const element = aggregates(root, 'AdditionalDocumentReference').find((one) => typeOf(one) === project);
  return basic(element ?? null, 'ID');
}

/** The supporting documents of a UBL document: its additional references that are nothing else. */
export function ublSupportingDocuments(root: XmlElement): SupportingDocument[] {
  const creditNote = root.localName === 'CreditNote';
  return aggregates(root, 'AdditionalDocumentReference')
    .filter((one) => {
      const type = typeOf(one);
      return type !== invoicedObject && !(creditNote && type === project);
    })
    .map((element) => {
      const attachment = aggregate(element, 'Attachment');
      const content = attachment?.child(namespaces.cbc, 'EmbeddedDocumentBinaryObject') ?? null;
      return {
        element,
        reference: basic(element, 'ID'),
        description: basic(element, 'DocumentDescription') ?? basic(element, 'DocumentType'),
        externalLocation: basic(aggregate(attachment, 'ExternalReference'), 'URI'),
        content,
        mimeCode: attributeValue(content, 'mimeCode'),
        fileName: attributeValue(content, 'filename'),
      };
    });
}

function typeOf(reference: XmlElement): string | null {
  return basic(reference, 'DocumentTypeCode')?.value ?? null;
}
