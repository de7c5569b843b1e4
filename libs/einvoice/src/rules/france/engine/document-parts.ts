import type { Invoice } from '../../../model/invoice.js';
import type { InvoiceLine } from '../../../model/line.js';
import { valueOf, type Value } from '../../../model/value.js';
import type { XmlElement } from '../../../xml/element.js';
import { path } from '../../engine/path.js';

/*
 * What the published French tests look at and EN 16931 has no term for: it is read from the elements behind the model.
 */

/** The object that is invoiced (BT-18, BT-128), of which the French extension knows two schemes (BR-FR-29, BR-FR-30). */
export interface InvoicedObject {
  readonly element: XmlElement;
  /** Null when the element is there and blank. */
  readonly identifier: Value | null;
  /** `AFL`: number of the invoice within an invoice of several; `AVV`: its billing frame. */
  readonly scheme: 'AFL' | 'AVV';
  /** UNTDID 1001; `130` for an invoiced object. */
  readonly typeCode: string | null;
}

const ublReferences = path('cac:AdditionalDocumentReference');
const ublLineReferences = path('cac:DocumentReference');
const ublIdentifier = path('cbc:ID');
const ublTypeCode = path('cbc:DocumentTypeCode');
const ciiReferences = path(
  'rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement/ram:AdditionalReferencedDocument',
);
const ciiLineReferences = path('ram:SpecifiedLineTradeSettlement/ram:AdditionalReferencedDocument');
const ciiReferenceType = path('ram:ReferenceTypeCode');
const ciiIdentifier = path('ram:IssuerAssignedID');
const ciiTypeCode = path('ram:TypeCode');

/** The objects that the document invoices under the schemes AFL and AVV. */
export function invoicedObjects({ element, syntax }: Invoice): readonly InvoicedObject[] {
  return syntax === 'UBL' ? ublObjects(ublReferences.all(element)) : ciiObjects(ciiReferences.all(element));
}

/** The objects that a line invoices under the schemes AFL and AVV. */
export function lineObjects({ syntax }: Invoice, { element }: InvoiceLine): readonly InvoicedObject[] {
  return syntax === 'UBL' ? ublObjects(ublLineReferences.all(element)) : ciiObjects(ciiLineReferences.all(element));
}

function ublObjects(references: readonly XmlElement[]): InvoicedObject[] {
  return references.flatMap((reference) =>
    ublIdentifier.all(reference).flatMap((element) => {
      const scheme = schemeOf(element.attribute('schemeID'));
      const typeCode = textOf(ublTypeCode.first(reference));
      return scheme === null ? [] : [{ element, identifier: valueOf(element), scheme, typeCode }];
    }),
  );
}

function ciiObjects(references: readonly XmlElement[]): InvoicedObject[] {
  return references.flatMap((element) => {
    const scheme = schemeOf(textOf(ciiReferenceType.first(element)));
    if (scheme === null) return [];
    const identifier = valueOf(ciiIdentifier.first(element));
    return [{ element, identifier, scheme, typeCode: textOf(ciiTypeCode.first(element)) }];
  });
}

function schemeOf(text: string | null): InvoicedObject['scheme'] | null {
  return text === 'AFL' || text === 'AVV' ? text : null;
}

function textOf(element: XmlElement | null): string | null {
  return element === null ? null : element.text.trim();
}

const ublExemptionReason = path('cac:Item/cac:ClassifiedTaxCategory/cbc:TaxExemptionReason');
const ciiExemptionReason = path('ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax/ram:ExemptionReason');

/** Why a line is exempt from VAT; the French extension writes the number of the invoice within there (BR-FR-MV-08). */
export function lineExemptionReason({ syntax }: Invoice, { element }: InvoiceLine): Value | null {
  return valueOf((syntax === 'UBL' ? ublExemptionReason : ciiExemptionReason).first(element));
}

const ublMeasure = path('cbc:ValueQuantity');
const ciiMeasure = path('ram:ValueMeasure');
const ublAttributeValue = path('cbc:Value');
const ciiAttributeValue = path('ram:Value');

/** How the value of an item attribute (BG-32) is given: as a text (BT-161), as a measure, and whether that has its unit. */
export function attributeValueForms(
  { syntax }: Invoice,
  attribute: XmlElement,
): { readonly text: boolean; readonly measure: boolean; readonly unit: boolean } {
  const ubl = syntax === 'UBL';
  const measure = (ubl ? ublMeasure : ciiMeasure).first(attribute);
  return {
    text: (ubl ? ublAttributeValue : ciiAttributeValue).exists(attribute),
    measure: measure !== null,
    unit: (measure?.attribute('unitCode') ?? '') !== '',
  };
}
