import type { XmlElement } from '../../../xml/element.js';
import { path } from '../../engine/path.js';
import type { Survey } from './survey.js';
import { categoryCode, indicates, isVat, writtenCodes } from './tax-category.js';
import { FewTexts } from '../../engine/few-texts.js';
import { normalised } from '../../engine/values.js';

const category = path('cac:TaxCategory');
const breakdownCategory = path('cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory');

/**
 * The codes of the VAT categories at one kind of place. Some rules ask for the code whatever the tax is, some for the code
 * as it is written, most for the code of a category of VAT with white space around it aside.
 */
class Codes {
  /** Codes of any tax. */
  readonly all = new FewTexts();
  /** Codes of VAT. */
  readonly vat = new FewTexts();
  /** Codes of any tax as they are written. */
  readonly written = new FewTexts();
  /** Codes of VAT as they are written. */
  readonly writtenVat = new FewTexts();

  /** @throws NotComputable when the category has several codes */
  add({ element, written, ofVat }: Category): void {
    const code = categoryCode(element);
    this.all.add(code);
    if (ofVat) this.vat.add(code);
    for (const one of written) {
      this.written.add(one);
      if (ofVat) this.writtenVat.add(one);
    }
  }
}

/** What a category says. */
interface Category {
  readonly element: XmlElement;
  /** Its codes as they are written: one, if all is well. */
  readonly written: readonly string[];
  readonly ofVat: boolean;
}

/** @throws NotComputable when a tax scheme has several identifiers */
function categoryIn(element: XmlElement): Category {
  return { element, ofVat: isVat(element), written: writtenCodes(element) };
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
  readonly anywhere = new FewTexts();
  /** Identifiers of categories of any tax as they are written, anywhere in the document. */
  readonly writtenAnywhere = new FewTexts();
  /** Every code that stands in some category, as it is written and without white space around it. */
  readonly mentioned = new FewTexts();

  /** @throws NotComputable when an indicator is no boolean, or a category has several codes */
  constructor(root: XmlElement, survey: Survey) {
    for (const element of survey.elements('cac:ClassifiedTaxCategory')) {
      const category = categoryIn(element);
      this.#noteAnywhere(category);
      this.lines.add(category);
    }
    for (const element of survey.elements('cac:TaxCategory')) this.#noteAnywhere(categoryIn(element));
    for (const element of survey.elements('cac:AllowanceCharge')) this.#noteAllowanceCharge(element, root);
    for (const element of breakdownCategory.all(root)) {
      const category = categoryIn(element);
      this.breakdown.add(category);
      if (!category.ofVat) continue;
      for (const written of category.written) {
        const code = normalised(written);
        this.breakdownCount.set(code, (this.breakdownCount.get(code) ?? 0) + 1);
      }
    }
  }

  #noteAnywhere({ written, ofVat }: Category): void {
    for (const one of written) {
      const code = normalised(one);
      this.mentioned.add(one);
      this.mentioned.add(code);
      this.writtenAnywhere.add(one);
      if (ofVat) this.anywhere.add(code);
    }
  }

  #noteAllowanceCharge(element: XmlElement, root: XmlElement): void {
    const ofDocument = element.parent === root;
    const places: Codes[] = [this.allowancesAndCharges];
    if (ofDocument) places.push(this.documentAllowancesAndCharges);
    if (indicates(element, false)) places.push(this.allowances, ...(ofDocument ? [this.documentAllowances] : []));
    if (indicates(element, true)) places.push(this.charges, ...(ofDocument ? [this.documentCharges] : []));
    for (const one of category.all(element)) {
      const read = categoryIn(one);
      for (const place of places) place.add(read);
    }
  }
}
