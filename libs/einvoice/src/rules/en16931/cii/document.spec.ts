import { brokenBy, violationOf, type Edit } from './testing/sample-invoice.js';

const settlementEnd = '</ram:ApplicableHeaderTradeSettlement>';
const agreementEnd = '</ram:ApplicableHeaderTradeAgreement>';
const lineSettlement = '<ram:SpecifiedLineTradeSettlement>';

describe('R42 EN 16931 on CII: document, parties, delivery, payment and lines', () => {
  it.each<[string[], Edit]>([
    [['BR-01'], ['urn:cen.eu:en16931:2017', ' ']],
    [['BR-02'], ['<ram:ID>F-1</ram:ID>', '']],
    [['BR-03'], ['format="102"', 'format="610"']],
    [
      ['BR-04', 'BR-CL-01'],
      ['<ram:TypeCode>380<', '<ram:TypeCode><'],
    ],
    [['BR-06'], ['Papeterie du Rhône', '']],
    [
      ['BR-09', 'BR-CL-14'],
      ['<ram:CountryID>FR<', '<ram:CountryID><'],
    ],
    [
      ['BR-10', 'BR-11'],
      [
        'Lyon</ram:Name><ram:PostalTradeAddress><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress>',
        'Lyon</ram:Name>',
      ],
    ],
    [['BR-21'], ['<ram:LineID>1<', '<ram:LineID>\t<']],
    [['BR-23'], [' unitCode="C62"', '']],
    [['BR-25'], ['Ramettes', '']],
    [['BR-27'], ['<ram:ChargeAmount>20<', '<ram:ChargeAmount>-20<']],
    [
      ['BR-64', 'CII-SR-046'],
      [' schemeID="0160"', ''],
    ],
    [
      ['BR-50', 'BR-61', 'CII-SR-470'],
      ['<ram:IBANID>FR7630006000011234567890189</ram:IBANID>', ''],
    ],
    [['BR-CO-09'], ['FR60810347328', 'XX60810347328']],
    [
      ['BR-CL-04', 'BR-CO-15'],
      ['<ram:InvoiceCurrencyCode>EUR<', '<ram:InvoiceCurrencyCode>EURO<'],
    ],
    [['BR-CL-23'], ['unitCode="C62"', 'unitCode="pièce"']],
    [['BR-CL-11'], ['schemeID="0009"', 'schemeID="SIRET"']],
    [['BR-CL-21'], ['schemeID="0160"', 'schemeID="EAN"']],
    [['BR-55'], [settlementEnd, `<ram:InvoiceReferencedDocument/>${settlementEnd}`]],
    [
      ['BR-57'],
      [
        '<ram:ApplicableHeaderTradeDelivery/>',
        '<ram:ApplicableHeaderTradeDelivery><ram:ShipToTradeParty><ram:PostalTradeAddress/></ram:ShipToTradeParty></ram:ApplicableHeaderTradeDelivery>',
      ],
    ],
    [['BR-52'], [agreementEnd, `<ram:AdditionalReferencedDocument/>${agreementEnd}`]],
    [
      ['BR-62'],
      [
        '<ram:SellerTradeParty>',
        '<ram:SellerTradeParty><ram:URIUniversalCommunication><ram:URIID>a@b.fr</ram:URIID></ram:URIUniversalCommunication>',
      ],
    ],
    [
      ['BR-18', 'BR-19', 'BR-20', 'BR-56'],
      [agreementEnd, `<ram:SellerTaxRepresentativeTradeParty/>${agreementEnd}`],
    ],
    [
      ['BR-17'],
      [
        settlementEnd,
        `<ram:PayeeTradeParty><ram:Name>Papeterie du Rhône</ram:Name></ram:PayeeTradeParty>${settlementEnd}`,
      ],
    ],
    [['BR-CO-20'], [lineSettlement, `${lineSettlement}<ram:BillingSpecifiedPeriod/>`]],
  ])('%j breaks when %j', (rules, edit) => {
    expect(brokenBy(edit)).toEqual(rules);
  });

  it('BR-51 counts the characters of a card number', () => {
    const card = (number: string): Edit => [
      '<ram:PayeePartyCreditorFinancialAccount>',
      `<ram:ApplicableTradeSettlementFinancialCard><ram:ID>${number}</ram:ID></ram:ApplicableTradeSettlementFinancialCard><ram:PayeePartyCreditorFinancialAccount>`,
    ];
    expect(brokenBy(card(' 1234567890 '))).toEqual([]);
    expect(violationOf('BR-51', card('12345678901'))).toMatchObject({ found: '11', expected: '≤ 10' });
  });

  it('BR-29 wants a period to end when it starts or later', () => {
    const period = (end: string): Edit => [
      settlementEnd,
      `<ram:BillingSpecifiedPeriod><ram:StartDateTime><udt:DateTimeString format="102">20260901</udt:DateTimeString></ram:StartDateTime><ram:EndDateTime><udt:DateTimeString format="102">${end}</udt:DateTimeString></ram:EndDateTime></ram:BillingSpecifiedPeriod>${settlementEnd}`,
    ];
    expect(brokenBy(period('20260901'))).toEqual([]);
    expect(violationOf('BR-29', period('20260831'))).toMatchObject({ found: '20260831', expected: '≥ 20260901' });
  });
});
