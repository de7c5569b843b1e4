import { brokenBy, violationOf, type Edit } from '../testing/sample-invoice.js';

const agreementEnd = '</ram:ApplicableHeaderTradeAgreement>';
const attachment = (type: string, more = ''): Edit => [
  agreementEnd,
  `<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>1</ram:IssuerAssignedID><ram:TypeCode>${type}</ram:TypeCode>${more}</ram:AdditionalReferencedDocument>${agreementEnd}`,
];

describe('R42 EN 16931 on CII: syntax', () => {
  it.each<[string[], Edit]>([
    [['CII-SR-013'], ['<ram:ID>F-1<', '<ram:Name>Facture</ram:Name><ram:ID>F-1<']],
    [
      ['CII-SR-048'],
      ['<ram:Name>Livres', '<ram:ManufacturerAssignedID>1</ram:ManufacturerAssignedID><ram:Name>Livres'],
    ],
    [
      ['CII-SR-184', 'CII-SR-193', 'CII-SR-463'],
      [
        '<ram:SpecifiedLineTradeSettlement>',
        '<ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeAllowanceCharge><ram:ID>1</ram:ID></ram:SpecifiedTradeAllowanceCharge>',
      ],
    ],
    [['CII-DT-005'], ['<ram:ID>F-1<', '<ram:ID schemeID="0009">F-1<']],
    [['CII-DT-101'], ['<ram:ID schemeID="VA"', '<ram:ID schemeName="TVA" schemeID="VA"']],
    [['CII-DT-008'], ['<ram:TypeCode>380', '<ram:TypeCode name="Facture">380']],
    [['CII-DT-031'], ['<ram:GrandTotalAmount>', '<ram:GrandTotalAmount currencyID="EUR">']],
    [['CII-DT-045'], ['<ram:CategoryCode>S', '<ram:CategoryCode listID="5305">S']],
    [['CII-DT-083'], ['<ram:CountryID>FR', '<ram:PostOfficeBox>1</ram:PostOfficeBox><ram:CountryID>FR']],
    [['CII-DT-097'], ['>20260901<', '>20261301<']],
    [['CII-DT-013'], ['<rsm:CrossIndustryInvoice', '<rsm:CrossIndustryInvoice languageID="fr"']],
  ])('%j breaks when %j', (rules, edit) => {
    expect(brokenBy(edit)).toEqual(rules);
  });

  it('never fires the rules about the type code of the document, which another context takes', () => {
    expect(brokenBy(['<ram:TypeCode>380', '<ram:TypeCode listID="1001">380'])).toEqual([]);
  });

  it('says a warning where EN 16931 only has no term, and where it stands', () => {
    const found = violationOf('CII-SR-016', ['<ram:ID>F-1<', '<ram:CopyIndicator/><ram:ID>F-1<']);
    expect(found).toMatchObject({ severity: 'warning', found: 'ram:CopyIndicator' });
    expect(found?.at.localName).toBe('CopyIndicator');
  });

  it('CII-DT-018 to CII-DT-024 let a reference hold what its type allows', () => {
    expect(brokenBy(attachment('916', '<ram:Name>Plan</ram:Name>'))).toEqual([]);
    expect(brokenBy(attachment('50', '<ram:Name>Plan</ram:Name>'))).toEqual(['CII-DT-021']);
    expect(brokenBy(attachment('1'))).toEqual(['CII-DT-018']);
    expect(brokenBy(attachment('130', '<ram:ReferenceTypeCode>ABT</ram:ReferenceTypeCode>'))).toEqual([]);
  });

  it('CII-SR-450 wants one identifier of a party, CII-SR-465 a person or a department', () => {
    const buyer = '<ram:BuyerTradeParty>';
    const two = `${buyer}<ram:ID>1</ram:ID><ram:GlobalID schemeID="0009">1</ram:GlobalID>`;
    expect(brokenBy([buyer, two])).toEqual(['CII-SR-450']);
    const contact =
      '<ram:DefinedTradeContact><ram:PersonName>A</ram:PersonName><ram:DepartmentName>B</ram:DepartmentName></ram:DefinedTradeContact>';
    expect(brokenBy(['<ram:SellerTradeParty>', `<ram:SellerTradeParty>${contact}`])).toEqual(['CII-SR-465']);
  });

  it('CII-SR-467 wants one payment means, however many accounts', () => {
    const means = (code: string): Edit => [
      '<ram:SpecifiedTradeSettlementPaymentMeans>',
      `<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>${code}</ram:TypeCode></ram:SpecifiedTradeSettlementPaymentMeans><ram:SpecifiedTradeSettlementPaymentMeans>`,
    ];
    expect(violationOf('CII-SR-467', means('48'))).toMatchObject({ found: '30', expected: '48' });
  });
});
