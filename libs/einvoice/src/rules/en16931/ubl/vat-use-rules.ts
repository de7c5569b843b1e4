import type { FewTexts } from '../../engine/few-texts.js';
import { path } from '../../engine/path.js';
import { onlyWhen } from '../../engine/rule-set.js';
import { fatal, shortfall, type UblAssertion } from './assertions.js';
import type { UblFacts } from './facts.js';
import type { Parties } from './party-facts.js';
import { textAt } from './values.js';
import type { VatUse } from './vat-use.js';

const deliveryDate = path('cac:Delivery/cbc:ActualDeliveryDate');
const deliveryCountry = path('cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/cbc:IdentificationCode');
const periodTerm = path('cac:InvoicePeriod/*');

/** What the use of a category asks of the parties' registrations. */
type Registration = (parties: Parties) => boolean;

const sellerRegistered: Registration = (parties) => parties.isSellerRegistered();
const sellerForVat: Registration = (parties) => parties.isSellerOrRepresentativeRegisteredForVat();
const sellerAndBuyer: Registration = (parties) => parties.isSellerRegistered() && parties.isBuyerRegistered();
const bothForVat: Registration = (parties) =>
  parties.isSellerOrRepresentativeRegisteredForVat() && parties.isBuyerRegisteredForVat();
const nobodyForVat: Registration = (parties) =>
  !parties.isSellerRegisteredForVat() &&
  !parties.isRepresentativeRegisteredForVat() &&
  !parties.isBuyerRegisteredForVat();

/** What the use of a VAT category anywhere asks of the breakdown and of the parties (BR-*-01 to 04, 11 to 14, BR-B). */
export const vatUseAssertions: readonly UblAssertion[] = [
  ...family('BR-AE', 'AE', sellerAndBuyer),
  ...family('BR-E', 'E', sellerRegistered),
  ...family('BR-G', 'G', sellerForVat),
  ...family('BR-IC', 'K', bothForVat),
  ...family('BR-O', 'O', nobodyForVat),
  ...family('BR-Z', 'Z', sellerRegistered),
  ...family('BR-S', 'S', sellerRegistered),
  ...family('BR-AF', 'L', sellerRegistered),
  ...family('BR-AG', 'M', sellerRegistered),
  ...onlyWhen(isInBreakdown('K'), [
    fatal('BR-IC-11', (root) => Array.from(textAt(deliveryDate, root)).length > 1 || periodTerm.exists(root)),
    fatal(
      'BR-IC-12',
      (root) => Array.from(textAt(deliveryCountry, root)).length > 1 || shortfall(deliveryCountry.first(root)),
    ),
  ]),
  ...onlyWhen(isInBreakdown('O'), [
    onlyOutsideScope('BR-O-11', ({ breakdown }) => breakdown.vat),
    onlyOutsideScope('BR-O-12', ({ lines }) => lines.vat),
    onlyOutsideScope('BR-O-13', ({ allowances }) => allowances.vat),
    onlyOutsideScope('BR-O-14', ({ charges }) => charges.vat),
  ]),
  ...onlyWhen(isMentioned('B'), [
    fatal('BR-B-01', (_, { survey, vat }) => {
      if (!vat.writtenAnywhere.has('B')) return true;
      // Split payment exists in Italy alone.
      const foreign = survey.elements('cbc:IdentificationCode').find((country) => country.stringValue !== 'IT');
      return foreign === undefined || shortfall(foreign, 'IT');
    }),
    fatal('BR-B-02', (_, { vat }) => !usesAsWritten(vat, 'B') || !usesAsWritten(vat, 'S')),
  ]),
];

function family(rules: string, code: string, registration: Registration): UblAssertion[] {
  return onlyWhen(isMentioned(code), [
    fatal(`${rules}-01`, (_, { vat }) => breakdownMatchesUse(vat, code)),
    fatal(`${rules}-02`, (_, facts) => {
      const { lines } = facts.vat;
      // S asks lines of any tax, and then for one of VAT among them.
      const used = code === 'S' ? lines.all.has(code) : lines.vat.has(code);
      return !used || (lines.vat.has(code) && registration(facts.parties));
    }),
    fatal(`${rules}-03`, (_, facts) => !usedIn(facts, code, 'Allowances') || registration(facts.parties)),
    fatal(`${rules}-04`, (_, facts) => !usedIn(facts, code, 'Charges') || registration(facts.parties)),
  ]);
}

/** A category that no place of a document has breaks none of the rules about it. */
function isMentioned(code: string): NonNullable<UblAssertion['when']> {
  return (_, { vat }) => vat.mentioned.has(code);
}

function isInBreakdown(code: string): NonNullable<UblAssertion['when']> {
  return (_, { vat }) => vat.breakdownCount.has(code);
}

function usedIn({ vat }: UblFacts, code: string, items: 'Allowances' | 'Charges'): boolean {
  // What is outside the scope of VAT is looked for in the document's own allowances and charges only.
  if (code === 'O') return vat[`document${items}`].vat.has(code);
  // A charge in category L counts as it is written.
  if (code === 'L' && items === 'Charges') return vat.charges.writtenVat.has(code);
  return (items === 'Allowances' ? vat.allowances : vat.charges).vat.has(code);
}

function breakdownMatchesUse(vat: VatUse, code: string): boolean {
  const { lines, allowancesAndCharges, breakdown } = vat;
  switch (code) {
    // These three may have several entries, one for each rate. They differ in whether the tax and white space count.
    case 'S':
      return (allowancesAndCharges.all.has(code) || lines.all.has(code)) === breakdown.all.has(code);
    case 'L':
      return allowancesAndCharges.vat.has(code) || lines.vat.has(code)
        ? breakdown.written.has(code)
        : !breakdown.vat.has(code);
    case 'M':
      return allowancesAndCharges.vat.has(code) || lines.vat.has(code)
        ? breakdown.writtenVat.has(code)
        : !breakdown.vat.has(code);
    default:
      return !vat.anywhere.has(code) || vat.breakdownCount.get(code) === 1;
  }
}

function onlyOutsideScope(rule: string, codesOf: (vat: VatUse) => FewTexts): UblAssertion {
  return fatal(rule, (_, { vat }) => {
    const other = codesOf(vat).otherThan('O');
    return other === undefined || { found: other, expected: 'O' };
  });
}

function usesAsWritten({ lines, breakdown, documentAllowancesAndCharges }: VatUse, code: string): boolean {
  return [lines, breakdown, documentAllowancesAndCharges].some(({ written }) => written.has(code));
}
