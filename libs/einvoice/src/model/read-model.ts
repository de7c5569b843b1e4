import type { DocumentShape } from '../invoice/formats.js';
import type { XmlElement } from '../xml/element.js';
import { CiiInvoice } from './cii/invoice.js';
import type { Invoice } from './invoice.js';
import { UblInvoice } from './ubl/invoice.js';

/**
 * The model of a document. Costs next to nothing: each term is read when it is asked for.
 *
 * @param root the root element, whose name and namespace were recognised as that shape
 */
export function readModel(root: XmlElement, { syntax }: Pick<DocumentShape, 'syntax'>): Invoice {
  return syntax === 'UBL' ? new UblInvoice(root) : new CiiInvoice(root);
}
