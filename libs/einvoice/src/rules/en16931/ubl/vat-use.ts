import type { XmlElement } from '../../../xml/element.js';
import { path } from '../../engine/path.js';
import type { Survey } from './survey.js';
import { categoryCode, indicates, isVat, writtenCodes } from './tax-category.js';
import { normalised } from '../../engine/values.js';

const category = path('cac:TaxCategory');
const breakdownCategory = path('cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory');

/**
 * The codes of the VAT categories at one kind of place. Some rules ask for the code whatever the tax is, some for the code
 * as it is written, most for the code of a category of VAT with white space around it aside.
 */
class Codes {
  /** Codes of any tax. */
  readonly all = new Set<string>();
  /** Codes of VAT. */
  readonly vat = new Set<string>();
  /** Codes of any tax as they are written. */
  readonly written = new Set<string>();
  /** Codes of VAT as they are written. */
  readonly writtenVat = new Set<string>();

  add(element: XmlElement): void {
    const written = writtenCodes(element);
    const code = categoryCode(element);
    const ofVat = isVat(element);
    this.all.add(code);
    if (ofVat) this.vat.add(code);
    for (const one of written) {
      this.written.add(one);
      if (ofVat) this.writtenVat.add(one);
    }
  }
}

/** Where a document uses which VAT categories (BT-95, BT-102, BT-118, BT-151). */
export class VatUse {
  /** In lines. */
  readonly lines = new Codes();
  /** In allowances, of the document and of its lines. */
  readonly allowances = new Codes();
  /** In charges, of the document and of its lines. */
  readonly charges = new Codes();
  /** In allowances and charges, whatever their indicator says. */
  readonly allowancesAndCharges = new Codes();
  /** In allowances of the document. */
  readonly documentAllowances = new Codes();
  /** In charges of the document. */
  readonly documentCharges = new Codes();
  /** In allowances and charges of the document, whatever their indicator says. */
  readonly documentAllowancesAndCharges = new Codes();
  /** In the VAT breakdown of the document. */
  readonly breakdown = new Codes();
  /** How many identifiers of a category of VAT the breakdown has. */
  readonly breakdownCount = new Map<string, number>();
  /** Identifiers of categories of VAT, one by one, anywhere in the document. */
  readonly anywhere = new Set<string>();
  /** Identifiers of categories of any tax as they are written, anywhere in the document. */
  readonly writtenAnywhere = new Set<string>();

  /** @throws NotComputable when an indicator is no boolean, or a category has several codes */
  constructor(root: XmlElement, survey: Survey) {
    for (const element of survey.elements('cac:ClassifiedTaxCategory')) {
      this.#noteAnywhere(element);
      this.lines.add(element);
    }
    for (const element of survey.elements('cac:TaxCategory')) this.#noteAnywhere(element);
    for (const element of survey.elements('cac:AllowanceCharge')) this.#noteAllowanceCharge(element, root);
    for (const element of breakdownCategory.all(root)) {
      this.breakdown.add(element);
      if (!isVat(element)) continue;
      for (const written of writtenCodes(element)) {
        const code = normalised(written);
        this.breakdownCount.set(code, (this.breakdownCount.get(code) ?? 0) + 1);
      }
    }
  }

  #noteAnywhere(element: XmlElement): void {
    const ofVat = isVat(element);
    for (const written of writtenCodes(element)) {
      this.writtenAnywhere.add(written);
      if (ofVat) this.anywhere.add(normalised(written));
    }
  }

  #noteAllowanceCharge(element: XmlElement, root: XmlElement): void {
    const ofDocument = element.parent === root;
    const places: Codes[] = [this.allowancesAndCharges];
    if (ofDocument) places.push(this.documentAllowancesAndCharges);
    if (indicates(element, false)) places.push(this.allowances, ...(ofDocument ? [this.documentAllowances] : []));
    if (indicates(element, true)) places.push(this.charges, ...(ofDocument ? [this.documentCharges] : []));
    for (const one of category.all(element)) for (const place of places) place.add(one);
  }
}
