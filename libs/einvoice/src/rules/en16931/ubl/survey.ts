import type { XmlElement } from '../../../xml/element.js';
import { lineNames } from '../../../xml/structure.js';
import { structureOf } from '../../../xml/structure-of.js';
import { isNamed, nameTest, path, type NameTest } from '../../engine/path.js';

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

/** A path that must not stand anywhere in a document: the names of its elements from the last outwards, and an attribute. */
interface Trail {
  readonly rule: string;
  readonly names: readonly NameTest[];
  readonly attribute: string | null;
}

interface Interest {
  readonly name: NameTest;
  readonly index: number | null;
  readonly trails: readonly Trail[];
}

/** What there is to note of an element, which its structure tells. */
interface Look {
  readonly interests: readonly Interest[];
  /** Watched attributes. */
  readonly attributes: readonly string[];
  /** Whether there is anything to note inside. */
  readonly inside: boolean;
}

/** What one walk through a document found. */
export class Survey {
  readonly #elements: XmlElement[][] = surveyed.map(() => []);
  readonly #intruders = new Map<string, XmlElement>();
  readonly #attributes = new Map<string, XmlElement[]>();

  /** The elements of that name, in document order. */
  elements(name: Surveyed): readonly XmlElement[] {
    return this.#elements[surveyed.indexOf(name)] ?? [];
  }

  /** The first element that stands in the way of a rule of the surveyor's paths; null when there is none. */
  intruder(rule: string): XmlElement | null {
    return this.#intruders.get(rule) ?? null;
  }

  /** The elements that have an attribute, in document order; only of attributes that the surveyor watches. */
  withAttribute(name: string): readonly XmlElement[] {
    return this.#attributes.get(name) ?? [];
  }

  /** Takes an element in; for the surveyor. */
  note(element: XmlElement, { index, trails }: Interest): void {
    if (index !== null) this.#elements[index]?.push(element);
    for (const trail of trails) {
      if (!this.#intruders.has(trail.rule) && leadsTo(trail, element)) this.#intruders.set(trail.rule, element);
    }
  }

  /** Takes an attribute in; for the surveyor. */
  noteAttribute(element: XmlElement, name: string): void {
    const known = this.#attributes.get(name);
    if (known === undefined) this.#attributes.set(name, [element]);
    else known.push(element);
  }
}

/** Walks through documents, once through each, for all the rules that look anywhere in them. */
export class Surveyor {
  readonly #interests = new Map<string, Interest[]>();
  readonly #attributes: ReadonlySet<string>;

  /**
   * @param forbidden rule and path for what must not stand anywhere, e.g. `cac:Country/cbc:IdentificationCode/@listID`
   * @param attributes names of the attributes to look for on every element
   */
  constructor(forbidden: readonly (readonly [rule: string, path: string])[], attributes: Iterable<string>) {
    this.#attributes = new Set(attributes);
    surveyed.forEach((name, index) => {
      this.#add({ name: nameTest(name), index, trails: [] });
    });
    for (const [rule, written] of forbidden) this.#addTrail(rule, written);
  }

  /** Walks through the document below and with an element. */
  survey(root: XmlElement): Survey {
    const survey = new Survey();
    this.#visit(root, survey);
    return survey;
  }

  #visit(element: XmlElement, survey: Survey): void {
    const { interests, attributes, inside } = this.#look(element);
    for (const interest of interests) survey.note(element, interest);
    for (const name of attributes) survey.noteAttribute(element, name);
    if (!inside) return;
    for (const child of element.children) this.#visit(child, survey);
  }

  #look(element: XmlElement): Look {
    const structure = structureOf(element);
    const known = structure?.recall(this) as Look | undefined;
    if (known !== undefined) return known;
    const { localName } = element;
    const look = {
      interests: (this.#interests.get(localName) ?? []).filter(({ name }) => isNamed(element, name)),
      attributes: element.attributes.map(({ name }) => name).filter((name) => this.#attributes.has(name)),
      inside: element.children.some((child) => this.#isWorthVisiting(child)),
    };
    structure?.remember(this, look);
    return look;
  }

  /** The structure around lines does not tell what is in them, so that they are always visited. */
  #isWorthVisiting(element: XmlElement): boolean {
    if (lineNames.has(element.localName)) return true;
    const { interests, attributes, inside } = this.#look(element);
    return inside || interests.length > 0 || attributes.length > 0;
  }

  #addTrail(rule: string, written: string): void {
    const [elements = '', attribute = null] = written.split('/@');
    const names = path(elements).steps.flat().reverse();
    const [name] = names;
    if (name === undefined) throw new Error(`No element: ${written}`);
    this.#add({ name, index: null, trails: [{ rule, names, attribute }] });
  }

  #add(interest: Interest): void {
    const { localName } = interest.name;
    if (localName === null) throw new Error('A survey looks for names');
    const known = this.#interests.get(localName) ?? [];
    const same = known.find(({ name }) => name.namespace === interest.name.namespace);
    const merged: Interest[] =
      same === undefined
        ? [...known, interest]
        : [
            ...known.filter((one) => one !== same),
            { name: same.name, index: same.index ?? interest.index, trails: [...same.trails, ...interest.trails] },
          ];
    this.#interests.set(localName, merged);
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
