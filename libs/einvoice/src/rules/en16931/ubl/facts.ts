import type { XmlElement } from '../../../xml/element.js';
import { forbiddenAnywhere, forbiddenAttributes } from './forbidden/anywhere.js';
import { Surveyor, type Survey } from './survey.js';
import { Parties } from './party-facts.js';
import { VatUse } from './vat-use.js';
import { Amounts } from './amounts.js';

const surveyor = new Surveyor(forbiddenAnywhere, [...forbiddenAttributes.map(([, name]) => name), 'name']);

/** What several rules need of a UBL document, each computed once and not before a rule asks for it. */
export class UblFacts {
  /** Elements and attributes anywhere in the document. */
  readonly survey: Survey;
  /** What the document says of the tax registrations of its parties. */
  readonly parties: Parties;
  /** Lines, allowances and charges with their categories and amounts. */
  readonly amounts: Amounts;
  #vat: VatUse | null = null;

  constructor(readonly root: XmlElement) {
    this.survey = surveyor.survey(root);
    this.parties = new Parties(this.survey);
    this.amounts = new Amounts(root, this.survey);
  }

  /**
   * Where the document uses which VAT categories.
   *
   * @throws NotComputable when an indicator is no boolean, or a category has several codes
   */
  get vat(): VatUse {
    this.#vat ??= new VatUse(this.root, this.survey);
    return this.#vat;
  }
}
