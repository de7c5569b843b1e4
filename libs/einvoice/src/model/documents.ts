import type { XmlElement } from '../xml/element.js';
import type { Address } from './party.js';
import type { DateValue, Value } from './value.js';

/** A note (BG-1), or a note of a line (BT-127). */
export interface Note {
  readonly element: XmlElement;
  /** BT-21 (UNTDID 4451), e.g. `PMT`, `ADN`. UBL writes it as `#PMT#` before the text; `value` is the code without `#`. */
  readonly subjectCode: Value | null;
  /** BT-22: the text, without the subject code. */
  readonly text: Value | null;
}

/** A period: of the document (BG-14) or of a line (BG-26). */
export interface Period {
  readonly element: XmlElement;
  /** BT-73, BT-134 */
  readonly start: DateValue | null;
  /** BT-74, BT-135 */
  readonly end: DateValue | null;
}

/** An invoice that this one corrects or completes (BG-3), or that a line does (EXT-FR-FE-BG-11). */
export interface PrecedingInvoice {
  readonly element: XmlElement;
  /** BT-25; of a line EXT-FR-FE-136. */
  readonly number: Value | null;
  /** BT-26; of a line EXT-FR-FE-138. */
  readonly issueDate: DateValue | null;
  /** EXT-FR-FE-02; of a line EXT-FR-FE-137 (UNTDID 1001). */
  readonly typeCode: Value | null;
}

/** A reference with what kind it is of. */
export interface DocumentReference {
  readonly element: XmlElement;
  readonly identifier: Value | null;
  /** UNTDID 1153: scheme of BT-18 and BT-128; kind of a contract (EXT-FR-FE-01). */
  readonly referenceType: Value | null;
}

/** A supporting document (BG-24): described, linked or carried in the invoice. */
export interface SupportingDocument {
  readonly element: XmlElement;
  /** BT-122: reference; the historic formats of the portal write the file name here. */
  readonly reference: Value | null;
  /** BT-123: description; in French use a code such as `LISIBLE` or `RIB` (BR-FR-17). */
  readonly description: Value | null;
  /** BT-124: where the document can be fetched. */
  readonly externalLocation: Value | null;
  /** BT-125: the element whose text is the document in base64; null when the invoice does not carry it. */
  readonly content: XmlElement | null;
  /** BT-125-1: MIME type as declared, which proves nothing about the bytes. */
  readonly mimeCode: Value | null;
  /** BT-125-2: file name. */
  readonly fileName: Value | null;
}

/** When and where goods or services were delivered (BG-13); of a line EXT-FR-FE-146 and EXT-FR-FE-158. */
export interface Delivery {
  readonly element: XmlElement;
  /** BT-70 */
  readonly recipientName: Value | null;
  /** BT-71; of a line EXT-FR-FE-146. Identifiers of the place, their scheme in {@link Value.scheme}. */
  readonly locationIdentifiers: readonly Value[];
  /** BT-72; of a line EXT-FR-FE-158. */
  readonly date: DateValue | null;
  /** BG-15 */
  readonly address: Address | null;
}
