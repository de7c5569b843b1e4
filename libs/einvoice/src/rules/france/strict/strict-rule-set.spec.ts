import { broken, judged, type Change } from '../testing/judging.js';
import { ciiReform } from '../testing/cii-reform.js';
import { reponsStrict } from './strict-rule-set.js';

const breaking: readonly (readonly [rule: string, change: Change])[] = [
  ['REPONS-DATE', ['20261031', '20261131']],
  ['REPONS-CHECK-DIGIT', ['schemeID="0009">81034732800017', 'schemeID="0009">81034732800018']],
  ['REPONS-CHECK-DIGIT', ['schemeID="0002">535146500', 'schemeID="0002">535146501']],
  ['REPONS-IBAN', ['FR7630006000011234567890189', 'FR7630006000011234567890188']],
  ['REPONS-BIC', ['AGRIFRPP', 'BIC_MONCOMPTE']],
  ['REPONS-VAT-NUMBER', ['FR60810347328', 'FR61810347328']],
  ['REPONS-VAT-NUMBER', ['FR60810347328', 'Identifiant TVA']],
  [
    'REPONS-LINE-NUMBER',
    [
      '</ram:IncludedSupplyChainTradeLineItem>',
      '</ram:IncludedSupplyChainTradeLineItem><ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument></ram:IncludedSupplyChainTradeLineItem>',
    ],
  ],
];

const harmless: readonly (readonly [what: string, change: Change])[] = [
  ['an account that is no IBAN', ['FR7630006000011234567890189', '00012345678']],
  ['a VAT number of another country', ['FR60810347328', 'DE123456789']],
  ['an establishment of La Poste', ['schemeID="0009">81034732800017', 'schemeID="0009">35600000049837']],
  ['an identifier of another scheme', ['schemeID="0009">81034732800017', 'schemeID="0088">81034732800018']],
];

describe('R43 What the official rules do not see (repons-strict)', () => {
  it('finds nothing in an invoice without such faults', () => {
    expect(judged(reponsStrict, ciiReform)).toEqual([]);
  });

  it.each(breaking.map(([rule, change], index) => [rule, index, change] as const))(
    '%s warns, alone (case %i)',
    (rule, _, change) => {
      expect(broken(reponsStrict, ciiReform, [change])).toEqual([rule]);
    },
  );

  it.each(harmless)('%s gives no warning', (_, change) => {
    expect(broken(reponsStrict, ciiReform, [change])).toEqual([]);
  });

  it('has a case for each rule, and none that keeps an invoice out', () => {
    expect(new Set(breaking.map(([rule]) => rule))).toEqual(new Set(reponsStrict.rules.map(({ rule }) => rule)));
    expect(reponsStrict.rules.every(({ severity }) => severity === 'warning')).toBe(true);
  });
});
