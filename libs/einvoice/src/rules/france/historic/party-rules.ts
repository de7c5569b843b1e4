import type { Invoice } from '../../../model/invoice.js';
import type { Value } from '../../../model/value.js';
import { fatal, noBreach, unless, warning, type ModelRule } from '../engine/model-rule.js';
import { identifierOf, scheme } from '../engine/parties.js';
import { atMost, ofEach, once } from '../engine/terms.js';
import { identifiersOf, kindOfIdentifier, siretOf, supplierKindNames } from './supplier-identifiers.js';

/** Frames in which the holder of the contract, or the lead contractor, validates (subcontractor A9, co-contractor A12). */
const framesWithValidator: ReadonlySet<string> = new Set(['A9', 'A12']);

/** Who the parties of an invoice in the portal's own formats are (its controls, chapter 2.1). */
export const historicPartyRules: readonly ModelRule[] = [
  fatal('CHORUS-SUPPLIER-TYPE', ({ seller }) => {
    const all = identifiersOf(seller);
    const [first] = all;
    if (first === undefined || all.some((value) => kindOfIdentifier(value) !== null)) return noBreach;
    return [{ at: first, found: `${first.scheme ?? ''}:${first.value}`, expected: supplierKindNames }];
  }),
  fatal('CHORUS-SUPPLIER-IDENTIFIER', ({ seller }) =>
    identifiersOf(seller).flatMap((value) => {
      const kind = kindOfIdentifier(value);
      if (kind === null || kind.holds(value.value)) return noBreach;
      return [
        {
          at: value,
          term: `Identifiant du fournisseur, type ${kind.label}`,
          found: value.value,
          expected: kind.expected,
        },
      ];
    }),
  ),
  fatal('CHORUS-RECIPIENT-SIRET', ({ buyer, element }) =>
    unless(siretOf(buyer) !== null, () => {
      const [first] = identifiersOf(buyer);
      return { at: first ?? buyer?.element ?? element, found: first?.value ?? null, expected: '14 chiffres' };
    }),
  ),
  fatal('CHORUS-SERVICE-LENGTH', atMost(once('Code service (BT-10)', serviceCodeOf), 100)),
  fatal('CHORUS-VALIDATOR', ({ businessProcess, validator, element }) => {
    if (businessProcess === null || !framesWithValidator.has(businessProcess.value)) return noBreach;
    return unless(identifiersOf(validator).length > 0, () => ({
      at: validator?.element ?? element,
      found: businessProcess.value,
      expected: 'l’identifiant du valideur',
    }));
  }),
  // The portal cuts a longer name before its extension; the invoice is let in.
  warning(
    'CHORUS-SUPPORTING-DOCUMENT-NAME',
    atMost(
      ofEach(
        'Nom de la pièce jointe (BT-122)',
        ({ supportingDocuments }) => supportingDocuments,
        ({ fileName, reference }) => fileName ?? reference,
      ),
      50,
    ),
  ),
];

/** The service that the invoice is for: BT-46 under scheme 0224, or else BT-10. */
function serviceCodeOf({ buyer, buyerReference }: Invoice): Value | null {
  return identifierOf(buyer, scheme.routingCode) ?? buyerReference;
}
