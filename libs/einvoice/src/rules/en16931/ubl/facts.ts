import type { XmlElement } from '../../../xml/element.js';
import { attributesOfOneElement, forbiddenAnywhere, forbiddenAttributes } from './forbidden/anywhere.js';
import { Surveyor, type Survey } from './survey.js';
import { Parties } from './party-facts.js';
import { VatUse } from './vat-use.js';
import { NotComputable } from '../../engine/decimal.js';
import { Amounts } from './amounts.js';

const surveyor = new Surveyor(forbiddenAnywhere, [...forbiddenAttributes, ...attributesOfOneElement]);

/** What several rules need of a UBL document, each computed once and not before a rule asks for it. */
export class UblFacts {
  /** Elements and attributes anywhere in the document. */
  readonly survey: Survey;
  /** What the document says of the tax registrations of its parties. */
  readonly parties: Parties;
  /** Lines, allowances and charges with their categories and amounts. */
  readonly amounts: Amounts;
  #vat: VatUse | NotComputable | null = null;

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
    this.#vat ??= vatUseOf(this.root, this.survey);
    if (this.#vat instanceof NotComputable) throw this.#vat;
    return this.#vat;
  }
}

/** The failure is kept as well: forty rules ask, and a hostile document has many categories. */
function vatUseOf(root: XmlElement, survey: Survey): VatUse | NotComputable {
  try {
    return new VatUse(root, survey);
  } catch (error) {
    if (error instanceof NotComputable) return error;
    throw error;
  }
}
