import { ciiReform } from '../testing/cii-reform.js';
import { broken, judged, modelOf, type Change } from '../testing/judging.js';
import { afnor202511 } from '../afnor/afnor-rule-set.js';
import { cpro202511 } from './cpro-rule-set.js';

const long = (length: number): string => 'x'.repeat(length);
const seller = (scheme: string, value: string): Change[] => [
  ['<ram:GlobalID schemeID="0009">81034732800017', `<ram:GlobalID schemeID="${scheme}">${value}`],
  ['<ram:ID schemeID="0002">810347328</ram:ID>', ''],
];
const agent = (content: string): Change => [
  '<!--agreement parties-->',
  `<ram:SalesAgentTradeParty><ram:Name>Titulaire</ram:Name>${content}</ram:SalesAgentTradeParty>`,
];
const siren =
  '<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">810347328</ram:ID></ram:SpecifiedLegalOrganization>';
const siret = '<ram:GlobalID schemeID="0009">81034732800017</ram:GlobalID>';
const contact = '<ram:DefinedTradeContact><ram:PersonName>A</ram:PersonName></ram:DefinedTradeContact>';
const payee = (content: string): Change => [
  '<!--settlement parties-->',
  `<ram:PayeeTradeParty>${content}</ram:PayeeTradeParty>`,
];
const earlier =
  '<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>F-0</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>';
const frame = (code: string): Change => ['<ram:ID>B1</ram:ID>', `<ram:ID>${code}</ram:ID>`];
const exemption: Change = [
  '<ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>',
  `<ram:TypeCode>VAT</ram:TypeCode><ram:ExemptionReason>${long(1025)}</ram:ExemptionReason><ram:BasisAmount>`,
];

/** For each rule, changes that break it and no other of the set. */
const breaking: readonly (readonly [rule: string, ...changes: Change[]])[] = [
  ['BR-FR-CPRO-01', ['>MARCHE<', '>BC<']],
  ['BR-FR-CPRO-02', ['F-2026/1', 'F'.repeat(21)]],
  ['BR-FR-CPRO-03', ...seller('0088', '3012345678901')],
  ['BR-FR-CPRO-04', ...seller('0223', `DE${long(17)}`)],
  ['BR-FR-CPRO-05', ...seller('0227', `US${long(17)}`)],
  ['BR-FR-CPRO-06', ...seller('0228', '12345678')],
  ['BR-FR-CPRO-07', ...seller('0229', '12345678901')],
  ['BR-FR-CPRO-08', ...seller('0226', '123456789Martin')],
  ['BR-FR-CPRO-09', ['<ram:GlobalID schemeID="0009">81034732800017', '<ram:GlobalID schemeID="0223">FR60810347328']],
  ['BR-FR-CPRO-10', ['<ram:GlobalID schemeID="0009">53514650090018</ram:GlobalID>', '']],
  ['BR-FR-CPRO-14', ['>M-1<', `>${long(51)}<`]],
  ['BR-FR-CPRO-15', ['>EJ-1<', `>${long(51)}<`]],
  [
    'BR-FR-CPRO-16',
    ['<!--settlement parties-->', '<ram:InvoiceeTradeParty><ram:Name>A</ram:Name></ram:InvoiceeTradeParty>'],
  ],
  ['BR-FR-CPRO-17', payee(siren)],
  ['BR-FR-CPRO-17', payee('<ram:Name>P</ram:Name>')],
  ['BR-FR-CPRO-18', agent('')],
  ['BR-FR-CPRO-20', ['<!--references-->', earlier + earlier]],
  ['BR-FR-CPRO-21', frame('S3')],
  ['BR-FR-CPRO-21', frame('S6'), agent(siret)],
  ['BR-FR-CPRO-24', frame('S5')],
  [
    'BR-FR-CPRO-25',
    [
      '</ram:SpecifiedTradePaymentTerms>',
      '</ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradePaymentTerms><ram:Description>60 jours</ram:Description></ram:SpecifiedTradePaymentTerms>',
    ],
  ],
  ['BR-FR-CPRO-26', [/(Mme Martin<\/ram:PersonName><\/ram:DefinedTradeContact>)/, `$1${contact}`]],
  ['BR-FR-CPRO-27', [/(M\. Durand<\/ram:PersonName><\/ram:DefinedTradeContact>)/, `$1${contact}`]],
  ['BR-FR-CPRO-28', agent(siret + siren + contact + contact)],
  ['BR-FR-CPRO-29', exemption],
  ['BR-FR-CPRO-30', ['>PJ-1<', `>${long(51)}<`]],
  ['BR-FR-CPRO-31', ['>Cuivre<', `>${long(1025)}<`]],
  ['BR-FR-CPRO-32', ['>1 rue du Rhône<', `>${long(401)}<`]],
  ['BR-FR-CPRO-33', ['<ram:CityName>Lyon<', `<ram:CityName>${long(401)}<`]],
  ['BR-FR-CPRO-34', ['<ram:TradingBusinessName>Lyon<', `<ram:TradingBusinessName>${long(100)}<`]],
  ['BR-FR-CPRO-35', ['>30 jours<', `>${long(1025)}<`]],
  ['BR-FR-CPRO-36', ['>CDR<', `>${long(100)}<`]],
  ['BR-FR-CPRO-37', payee(`${siret}<ram:Name>${long(100)}</ram:Name>`)],
  ['BR-FR-CPRO-38', ['>53514650090018</ram:GlobalID></ram:ShipTo', `>${long(21)}</ram:GlobalID></ram:ShipTo`]],
  ['BR-FR-CPRO-39', ['>FR7630006000011234567890189<', '>MT84MALT011000012345MTLCAST001S<']],
  [
    'BR-FR-CPRO-40',
    [
      '<!--line delivery-->',
      `<ram:ShipToTradeParty><ram:GlobalID schemeID="0088">${long(21)}</ram:GlobalID></ram:ShipToTradeParty>`,
    ],
  ],
  ['BR-FR-CPRO-41', ['filename="facture.pdf"', `filename="${long(47)}.pdf"`]],
  ['BR-FR-CPRO-42', ['>Pas d’escompte<', `>${long(1025)}<`]],
  ['BR-FR-CPRO-43', ['>Câblage du Rhône<', `>${long(100)}<`]],
  ['BR-FR-CPRO-44', ['>Ville de Lyon<', `>${long(100)}<`]],
];

/** Changes that break no rule: the greatest lengths, and the other suppliers. */
const harmless: readonly (readonly [what: string, ...changes: Change[]])[] = [
  ['a number of 20 characters', ['F-2026/1', 'F'.repeat(20)]],
  ['a supplier of the European Union', ...seller('0223', `DE${long(16)}`)],
  ['a supplier from elsewhere', ...seller('0227', `US${long(16)}`)],
  ['a supplier of New Caledonia', ...seller('0228', '123456789')],
  ['a supplier of Polynesia', ...seller('0229', '1234567890')],
  ['a natural person', ...seller('0226', `1234567890${long(70)}`)],
  ['a subcontractor who names the holder', frame('S3'), agent(siret + siren)],
  ['a payee with SIREN and SIRET', payee(siret + siren)],
  ['an account written with spaces', ['FR7630006000011234567890189', 'FR76 3000 6000 0112 3456 7890 189']],
  ['names of 99 letters beyond the basic plane', ['>Câblage du Rhône<', `>${'𝓐'.repeat(99)}<`]],
];

describe('R43 The rules of invoices to the public sector (cpro-2025-11)', () => {
  it('find nothing in an invoice that keeps them all', () => {
    expect(judged(cpro202511, ciiReform)).toEqual([]);
  });

  it.each(breaking.map(([rule, ...changes], index) => [rule, index, changes] as const))(
    '%s is broken, and alone (case %i)',
    (rule, _, changes) => {
      expect(broken(cpro202511, ciiReform, changes)).toEqual([rule]);
    },
  );

  it.each(harmless.map(([what, ...changes]) => [what, changes] as const))('%s is let in', (_, changes) => {
    expect(broken(cpro202511, ciiReform, changes)).toEqual([]);
  });

  it('BR-FR-CPRO-19 is broken by a million lines', () => {
    const model = modelOf(ciiReform);
    const [line] = model.lines;
    const million = Object.create(model, { lines: { value: new Array(1_000_000).fill(line) } }) as typeof model;
    const rule = cpro202511.rules.find((one) => one.rule === 'BR-FR-CPRO-19');
    expect(rule?.breaches(million, { controlDate: '2026-10-15' })).toMatchObject([{ found: '1000000' }]);
    expect(rule?.breaches(model, { controlDate: '2026-10-15' })).toEqual([]);
  });

  it('have a case each', () => {
    const shown = new Set([...breaking.map(([rule]) => rule), 'BR-FR-CPRO-19']);
    expect(shown).toEqual(new Set(cpro202511.rules.map(({ rule }) => rule)));
  });

  it('only warn of groups that the portal ignores', () => {
    const warnings = cpro202511.rules.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule);
    expect(warnings).toEqual(['BR-FR-CPRO-16']);
  });

  it('bear on the same invoice as those of the reform', () => {
    expect(broken(afnor202511, ciiReform)).toEqual([]);
  });
});
