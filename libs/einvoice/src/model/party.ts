import type { XmlElement } from '../xml/element.js';
import type { Value } from './value.js';

/** A postal address: seller BG-5, buyer BG-8, tax representative BG-12, delivery BG-15. */
export interface Address {
  readonly element: XmlElement;
  /** BT-35, BT-50, BT-64, BT-75 */
  readonly line1: Value | null;
  /** BT-36, BT-51, BT-65, BT-76 */
  readonly line2: Value | null;
  /** BT-162, BT-163, BT-164, BT-165 */
  readonly line3: Value | null;
  /** BT-37, BT-52, BT-66, BT-77 */
  readonly city: Value | null;
  /** BT-38, BT-53, BT-67, BT-78 */
  readonly postCode: Value | null;
  /** BT-39, BT-54, BT-68, BT-79 */
  readonly countrySubdivision: Value | null;
  /** BT-40, BT-55, BT-69, BT-80 (ISO 3166-1 alpha-2) */
  readonly countryCode: Value | null;
}

/** A contact: seller BG-6, buyer BG-9. */
export interface Contact {
  readonly element: XmlElement;
  /** BT-41, BT-56; of CII the person, or else the department. */
  readonly name: Value | null;
  /** BT-42, BT-57 */
  readonly telephone: Value | null;
  /** BT-43, BT-58 */
  readonly email: Value | null;
}

/**
 * A party. Seller (BG-4), buyer (BG-7), payee (BG-10), tax representative (BG-11), and the parties that the French extension
 * adds, which have the same terms under EXT-FR-FE numbers.
 */
export interface Party {
  readonly element: XmlElement;
  /** BT-27, BT-44, BT-59, BT-62 */
  readonly name: Value | null;
  /** BT-28, BT-45 */
  readonly tradingName: Value | null;
  /** BT-29, BT-46, BT-60: identifiers without a scheme and with one ({@link Value.scheme}), in document order. */
  readonly identifiers: readonly Value[];
  /** BT-30, BT-47, BT-61: legal registration (scheme 0002 for a SIREN); every one that is written. */
  readonly registrations: readonly Value[];
  /** BT-31, BT-48, BT-63: VAT numbers; every one that is written. */
  readonly vatNumbers: readonly Value[];
  /** BT-32: registration with a local tax office. */
  readonly taxRegistrations: readonly Value[];
  /** BT-33: legal form, capital and the like. */
  readonly legalInformation: Value | null;
  /** BT-34, BT-49: electronic address, its scheme in {@link Value.scheme}. */
  readonly electronicAddress: Value | null;
  /** BG-5, BG-8, BG-12 */
  readonly address: Address | null;
  /** BG-6, BG-9: one in EN 16931, more in what partners send (BR-FR-CPRO-26 to 28). */
  readonly contacts: readonly Contact[];
  /** What the party does (CII `RoleCode`; EXT-FR-FE extensions). */
  readonly roleCode: Value | null;
}
