/** What an invoice says by BT-24 that it conforms to: the profiles of Factur-X and the usage specifications built on EN 16931. */
export type Conformance =
  'MINIMUM' | 'BASIC WL' | 'BASIC' | 'EN 16931' | 'EXTENDED' | 'EXTENDED-CTC-FR' | 'XRECHNUNG' | 'PEPPOL';

/** By the part of the identifier that tells them apart; the first that fits, from the most to the least particular. */
const marks: readonly (readonly [mark: RegExp, conformance: Conformance])[] = [
  [/extended-ctc-fr/i, 'EXTENDED-CTC-FR'],
  [/:xrechnung(?:_|:|$)|xeinkauf\.de:kosit/i, 'XRECHNUNG'],
  [/peppol\.eu/i, 'PEPPOL'],
  [/:minimum$/i, 'MINIMUM'],
  [/:basicwl$/i, 'BASIC WL'],
  [/:basic$/i, 'BASIC'],
  [/:extended$/i, 'EXTENDED'],
  [/^urn:cen\.eu:en16931(?::|$)/i, 'EN 16931'],
];

/** Identifiers that were seen: there are some dozens, each on every invoice of its senders. */
const recognised = new Map<string, Conformance | null>();
const mostRecognised = 256;

/**
 * Recognises the profile of a specification identifier (BT-24), in any of the forms that Factur-X 1.0 and ZUGFeRD 2 gave it.
 *
 * @returns null when there is none, as in the historic formats, or when it is none of those
 */
export function conformanceOf(specification: string | null): Conformance | null {
  if (specification === null) return null;
  const known = recognised.get(specification);
  if (known !== undefined) return known;
  const conformance = marks.find(([mark]) => mark.test(specification))?.[1] ?? null;
  if (recognised.size < mostRecognised && specification.length < 200) recognised.set(specification, conformance);
  return conformance;
}
