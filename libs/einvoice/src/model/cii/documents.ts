import type { XmlElement } from '../../xml/element.js';
import type { Delivery, DocumentReference, Note, Period, PrecedingInvoice, SupportingDocument } from '../documents.js';
import { joined } from '../repeated.js';
import { attributeValue, type Value } from '../value.js';
import { component, components, dateIn, entities, entity } from './nodes.js';
import { ciiAddress } from './party.js';

/** UNTDID 1001: a reference to the object that is invoiced (BT-18, BT-128). */
const invoicedObject = '130';
/** UNTDID 1001: the tender or lot (BT-17). */
const tender = '50';

/** The notes of a document or of a line of CII. */
export function ciiNotes(from: XmlElement | null): Note[] {
  return entities(from, 'IncludedNote').map((element) => ({
    element,
    subjectCode: component(element, 'SubjectCode'),
    text: component(element, 'Content'),
  }));
}

/** The period of a document or of a line of CII; null when there is none. */
export function ciiPeriod(settlement: XmlElement | null): Period | null {
  const element = entity(settlement, 'BillingSpecifiedPeriod');
  if (element === null) return null;
  return { element, start: dateIn(entity(element, 'StartDateTime')), end: dateIn(entity(element, 'EndDateTime')) };
}

/** The delivery of a document or of a line of CII; null when it says neither where nor when. */
export function ciiDelivery(from: XmlElement | null): Delivery | null {
  const place = entity(from, 'ShipToTradeParty');
  const date = dateIn(entity(from, 'ActualDeliverySupplyChainEvent', 'OccurrenceDateTime'));
  if (from === null || (place === null && date === null)) return null;
  return {
    element: from,
    recipientName: component(place, 'Name'),
    locationIdentifiers: joined(components(place, 'ID'), components(place, 'GlobalID')),
    date,
    address: ciiAddress(entity(place, 'PostalTradeAddress')),
  };
}

/** The preceding invoices of a document or of a line of CII. */
export function ciiPrecedingInvoices(settlement: XmlElement | null): readonly PrecedingInvoice[] {
  return entities(settlement, 'InvoiceReferencedDocument').map((element) => ({
    element,
    number: component(element, 'IssuerAssignedID'),
    issueDate: dateIn(entity(element, 'FormattedIssueDateTime')),
    typeCode: component(element, 'TypeCode'),
  }));
}

/** The contracts that a CII document refers to, with their kind. */
export function ciiContracts(agreement: XmlElement | null): DocumentReference[] {
  return entities(agreement, 'ContractReferencedDocument').map(reference);
}

/** The object that a CII document (BT-18) or line (BT-128) invoices; null when there is none. */
export function ciiInvoicedObject(from: XmlElement | null): DocumentReference | null {
  const found = additionalOf(from, invoicedObject);
  return found === null ? null : reference(found);
}

/** The tender of a CII document (BT-17); null when there is none. */
export function ciiTender(agreement: XmlElement | null): Value | null {
  return component(additionalOf(agreement, tender), 'IssuerAssignedID');
}

/**
 * The supporting documents of a CII document: its additional references that are nothing else. The historic profile gives
 * them no type code, and their kind in `ram:Name`.
 */
export function ciiSupportingDocuments(agreement: XmlElement | null): SupportingDocument[] {
  return entities(agreement, 'AdditionalReferencedDocument')
    .filter((element) => {
      const type = component(element, 'TypeCode')?.value;
      return type !== invoicedObject && type !== tender;
    })
    .map((element) => {
      const content = entity(element, 'AttachmentBinaryObject');
      return {
        element,
        reference: component(element, 'IssuerAssignedID'),
        description: component(element, 'Name'),
        externalLocation: component(element, 'URIID'),
        content,
        mimeCode: attributeValue(content, 'mimeCode'),
        fileName: attributeValue(content, 'filename'),
      };
    });
}

function reference(element: XmlElement): DocumentReference {
  return {
    element,
    identifier: component(element, 'IssuerAssignedID'),
    referenceType: component(element, 'ReferenceTypeCode'),
  };
}

function additionalOf(from: XmlElement | null, type: string): XmlElement | null {
  const found = entities(from, 'AdditionalReferencedDocument');
  return found.find((element) => component(element, 'TypeCode')?.value === type) ?? null;
}
