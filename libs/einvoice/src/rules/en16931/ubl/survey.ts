import type { XmlElement } from '../../../xml/element.js';
import { isNamed, nameTest, path, type NameTest } from '../../engine/path.js';
import { PlannedWalk } from '../../engine/planned-walk.js';
import type { ForbiddenAttribute } from './forbidden/anywhere.js';

/** Elements that rules look for anywhere in a document. */
const surveyed = [
  'cac:AccountingCustomerParty',
  'cac:AccountingSupplierParty',
  'cac:AdditionalDocumentReference',
  'cac:AllowanceCharge',
  'cac:ClassifiedTaxCategory',
  'cac:CreditNoteLine',
  'cac:InvoiceLine',
  'cac:PartyIdentification',
  'cac:TaxCategory',
  'cac:TaxRepresentativeParty',
  'cac:TaxTotal',
  'cbc:IdentificationCode',
  'cbc:PaymentID',
  'cbc:PaymentMeansCode',
] as const;
/** Name of an element that is surveyed. */
export type Surveyed = (typeof surveyed)[number];

const indexes = Object.fromEntries(surveyed.map((name, index) => [name, index])) as Readonly<Record<Surveyed, number>>;
const none: readonly XmlElement[] = [];

/** A path that must not stand anywhere in a document: the names of its elements from the last outwards, and an attribute. */
interface Trail {
  readonly rule: string;
  readonly names: readonly NameTest[];
  readonly attribute: string | null;
}

/** What there is to note of an element. */
interface Note {
  /** Its place in the list of what is surveyed. */
  readonly index: number | null;
  /** Rules that it stands in the way of. */
  readonly rules: readonly string[];
  /** Forbidden attributes. */
  readonly attributes: readonly string[];
}

/** What one walk through a document found. */
export class Survey {
  readonly #elements: (XmlElement[] | undefined)[] = new Array<undefined>(surveyed.length).fill(undefined);
  readonly #intruders = new Map<string, XmlElement>();
  readonly #attributes = new Map<string, XmlElement[]>();

  /** The elements of that name, in document order. */
  elements(name: Surveyed): readonly XmlElement[] {
    return this.#elements[indexes[name]] ?? none;
  }

  /** Whether anything forbidden was found. */
  get hasIntruders(): boolean {
    return this.#intruders.size > 0 || this.#attributes.size > 0;
  }

  /** The first element that stands in the way of a rule of the surveyor's paths; null when there is none. */
  intruder(rule: string): XmlElement | null {
    return this.#intruders.get(rule) ?? null;
  }

  /** The elements that have a forbidden attribute, in document order. */
  withAttribute(name: string): readonly XmlElement[] {
    return this.#attributes.get(name) ?? [];
  }

  /** Takes an element in; for the surveyor. */
  note(element: XmlElement, { index, rules, attributes }: Note): void {
    if (index !== null) (this.#elements[index] ??= []).push(element);
    for (const rule of rules) if (!this.#intruders.has(rule)) this.#intruders.set(rule, element);
    for (const name of attributes) {
      const known = this.#attributes.get(name);
      if (known === undefined) this.#attributes.set(name, [element]);
      else known.push(element);
    }
  }
}

/** Walks through documents, once through each, for all the rules that look anywhere in them. */
export class Surveyor {
  readonly #walk = new PlannedWalk((element) => this.#noteOf(element));
  readonly #surveyed = surveyed.map(nameTest);
  readonly #trails: readonly Trail[];
  /** By the name of each forbidden attribute the elements that may have it; null when none may. */
  readonly #attributes: ReadonlyMap<string, NameTest | null>;

  /**
   * @param forbidden rule and path for what must not stand anywhere, e.g. `cac:Country/cbc:IdentificationCode/@listID`
   * @param attributes what no element may have; one that most documents have where it is allowed is not noted there, so that
   *   nothing has to be asked of them
   */
  constructor(
    forbidden: readonly (readonly [rule: string, path: string])[],
    attributes: readonly ForbiddenAttribute[],
  ) {
    this.#trails = forbidden.map(([rule, written]) => {
      const [elements = '', attribute = null] = written.split('/@');
      return { rule, names: path(elements).steps.flat().reverse(), attribute };
    });
    this.#attributes = new Map(
      attributes.map(([, name, except]) => [name, except === undefined ? null : nameTest(except)]),
    );
  }

  /** Walks through the document below and with an element. */
  survey(root: XmlElement): Survey {
    const survey = new Survey();
    this.#walk.walk(root, (note, element) => {
      survey.note(element, note);
    });
    return survey;
  }

  /** What there is to note of an element, which names decide; null when there is nothing. */
  #noteOf(element: XmlElement): Note | null {
    const index = this.#surveyed.findIndex((name) => isNamed(element, name));
    const rules = this.#trails.filter((trail) => leadsTo(trail, element)).map(({ rule }) => rule);
    const attributes = element.attributes.map(({ name }) => name).filter((name) => this.#isForbidden(name, element));
    if (index < 0 && rules.length === 0 && attributes.length === 0) return null;
    return { index: index < 0 ? null : index, rules, attributes };
  }

  #isForbidden(attribute: string, element: XmlElement): boolean {
    const except = this.#attributes.get(attribute);
    return except !== undefined && (except === null || !isNamed(element, except));
  }
}

function leadsTo({ names, attribute }: Trail, element: XmlElement): boolean {
  if (attribute !== null && element.attribute(attribute) === null) return false;
  let at: XmlElement | null = element;
  for (const name of names) {
    if (at === null || !isNamed(at, name)) return false;
    at = at.parent;
  }
  return true;
}
