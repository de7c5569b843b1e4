import { broken, judged, type Change } from '../testing/judging.js';
import { ublReform } from '../testing/ubl-reform.js';
import { afnor202511 } from './afnor-rule-set.js';

const object = (scheme: string, identifier: string): string =>
  `<cac:AdditionalDocumentReference><cbc:ID schemeID="${scheme}">${identifier}</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>`;
const earlier = (number: string, extra = ''): string =>
  `<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>${number}</cbc:ID><cbc:IssueDate>2026-09-01</cbc:IssueDate>${extra}</cac:InvoiceDocumentReference></cac:BillingReference>`;
const credit: Change = ['<cbc:InvoiceTypeCode>380', '<cbc:InvoiceTypeCode>381'];

const breaking: readonly (readonly [rule: string, ...changes: Change[]])[] = [
  ['BR-FR-01', ['F-2026/1', 'F'.repeat(36)]],
  ['BR-FR-02', ['<!--line references-->', earlier('F 0')]],
  ['BR-FR-03', ['2026-10-01', '1999-10-01']],
  ['BR-FR-04', ['>380<', '>326<']],
  ['BR-FR-05', ['#PMT#', '']],
  ['BR-FR-06', ['#BAR#B2B', '#PMT#bis']],
  ['BR-FR-08', ['<cbc:ProfileID>B1</cbc:ProfileID>', '']],
  ['BR-FR-09', ['>81034732800017<', '>81134732800017<']],
  ['BR-FR-10', ['<cbc:CompanyID schemeID="0002">810347328</cbc:CompanyID>', '']],
  ['BR-FR-11', ['<cbc:CompanyID schemeID="0002">535146500</cbc:CompanyID>', '']],
  ['BR-FR-15', ['<cbc:ID>S</cbc:ID>', '<cbc:ID>M</cbc:ID>']],
  ['BR-FR-16', ['<cbc:Percent>20<', '<cbc:Percent>19<']],
  ['BR-FR-17', ['>LISIBLE<', '>PLAN<']],
  ['BR-FR-20', ['#BAR#B2B', '#BAR#B2X']],
  ['BR-FR-21', ['"0225">535146500', '"0225">535146501']],
  ['BR-FR-27', ['<cbc:Name>Couleur</cbc:Name>', '']],
  ['BR-FR-28', ['<cbc:Value>Noir</cbc:Value>', '<cbc:ValueQuantity>1</cbc:ValueQuantity>']],
  ['BR-FR-29', ['<!--references-->', object('AFL', 'A') + object('AFL', 'B')]],
  ['BR-FR-CO-05', credit],
  ['BR-FR-CO-07', ['2026-10-31', '2026-09-30']],
  ['BR-FR-CO-10', [' schemeID="0009">5', '>5']],
  ['BR-FR-DEC-01', ['<cbc:PayableAmount currencyID="EUR">120.00', '<cbc:PayableAmount currencyID="EUR">120.001']],
  ['BR-FR-DEC-03', ['>50.00<', '>-50.00<']],
];

describe('R43 The rules of the reform, in UBL', () => {
  it('find nothing in an invoice that keeps them all', () => {
    expect(judged(afnor202511, ublReform)).toEqual([]);
  });

  it.each(breaking.map(([rule, ...changes]) => [rule, changes] as const))(
    '%s is broken, and alone',
    (rule, changes) => {
      expect(broken(afnor202511, ublReform, changes)).toEqual([rule]);
    },
  );

  it('let a credit note in that names the earlier invoice on its line', () => {
    expect(broken(afnor202511, ublReform, [credit, ['<!--line references-->', earlier('F-0')]])).toEqual([]);
  });

  it('do not take the reference of a line to its own invoice for an earlier one', () => {
    const own = earlier('F-2026/1', '<cbc:DocumentStatusCode>DETAIL</cbc:DocumentStatusCode>');
    expect(broken(afnor202511, ublReform, [credit, ['<!--line references-->', own]])).toEqual(['BR-FR-CO-05']);
  });
});
