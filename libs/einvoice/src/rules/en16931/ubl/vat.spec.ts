import fc from 'fast-check';
import { allowanceCharge, amount, broken, line, subtotal, totals, vatTotal } from './testing/ubl-documents.js';
import type { Parts } from './testing/ubl-documents.js';

const exemption = '<cbc:TaxExemptionReason>Motif</cbc:TaxExemptionReason>';
/** The same without a category, which a line's own allowances and charges do not have. */
const ofLine = (...set: Parameters<typeof allowanceCharge>): string =>
  allowanceCharge(...set).replace(/<cac:TaxCategory>.*<\/cac:TaxCategory>/, '');
const party = (name: string, vatId: string): string => `<cac:Accounting${name}Party><cac:Party>
<cac:PartyIdentification><cbc:ID>1</cbc:ID></cac:PartyIdentification>
<cac:PostalAddress><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
${vatId === '' ? '' : `<cac:PartyTaxScheme><cbc:CompanyID>${vatId}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>`}
<cac:PartyLegalEntity><cbc:RegistrationName>P</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:Accounting${name}Party>`;
const parties = (sellerVatId: string, buyerVatId: string): Parts => ({
  seller: party('Supplier', sellerVatId),
  buyer: party('Customer', buyerVatId),
});
const delivery =
  '<cac:Delivery><cbc:ActualDeliveryDate>2026-09-01</cbc:ActualDeliveryDate><cac:DeliveryLocation><cac:Address><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:Address></cac:DeliveryLocation></cac:Delivery>';
const both = parties('FR1', 'DE2');

/** An invoice whose lines are in one category that is not taxed. */
function untaxed(code: string, more: Parts = {}, rate = '0', reason = exemption): Parts {
  return {
    ...both,
    lines: line({ code, rate }),
    vat: vatTotal('0.00', subtotal('100.00', '0.00', code, rate, reason)),
    totals: totals({ with: '100.00', due: '100.00' }),
    ...more,
  };
}

describe('R42 EN 16931 on UBL: the VAT breakdown', () => {
  it.each<[string, Parts, string[]]>([
    [
      'a tax that is not the rate of the amount',
      {
        vat: vatTotal('21.01', subtotal('100.00', '21.01', 'S', '20')),
        totals: totals({ with: '121.01', due: '121.01' }),
      },
      ['BR-CO-17', 'BR-S-09'],
    ],
    [
      'a tax that is less than one unit off',
      {
        vat: vatTotal('20.99', subtotal('100.00', '20.99', 'S', '20')),
        totals: totals({ with: '120.99', due: '120.99' }),
      },
      [],
    ],
    [
      'a VAT total that is not the sum',
      { vat: vatTotal('20.00', subtotal('100.00', '20.50', 'S', '20')) },
      ['BR-CO-14'],
    ],
    [
      'a taxable amount that is one unit off',
      { vat: vatTotal('20.00', subtotal('101.00', '20.00', 'S', '20')) },
      ['BR-S-08'],
    ],
    ['a rate that no line has', { lines: line({ rate: '10' }) }, ['BR-S-08']],
    ['a rate written in another way', { lines: line({ rate: '20.000' }) }, []],
    [
      'a rate of zero',
      {
        lines: line({ rate: '0' }),
        vat: vatTotal('0.00', subtotal('100.00', '0.00', 'S', '0')),
        totals: totals({ with: '100.00', due: '100.00' }),
      },
      ['BR-S-05'],
    ],
    [
      'an exemption of what is taxed',
      { vat: vatTotal('20.00', subtotal('100.00', '20.00', 'S', '20', exemption)) },
      ['BR-S-10'],
    ],
    [
      'nothing but a category',
      {
        vat: vatTotal(
          '20.00',
          subtotal('100.00', '20.00', 'S', '20').replace(/<cbc:Tax\w*Amount.*?<\/cbc:Tax\w*Amount>/g, ''),
        ),
      },
      ['BR-45', 'BR-46', 'BR-CO-14', 'BR-CO-17', 'BR-S-08', 'BR-S-09'],
    ],
    [
      'a category of another tax',
      { vat: vatTotal('20.00', subtotal('100.00', '20.00', 'S', '20').replace('VAT', 'GST')) },
      ['BR-47', 'BR-48', 'BR-CO-17'],
    ],
    ['a line of another tax', { lines: line({}).replace('VAT', 'GST') }, ['BR-CO-04', 'BR-S-02']],
    [
      'two totals in the same currency',
      { vat: vatTotal('20.00', subtotal('100.00', '20.00', 'S', '20')) + vatTotal('20.00') },
      ['BR-CO-15'],
    ],
    [
      'an allowance without category',
      {
        allowances: allowanceCharge('false', '0').replace(/<cac:TaxCategory>.*<\/cac:TaxCategory>/, ''),
        totals: totals({ more: amount('AllowanceTotalAmount', '0') }),
      },
      ['BR-32'],
    ],
    [
      'a charge without reason, with three decimals',
      {
        allowances: allowanceCharge('true', '0.000').replace(
          /<cbc:AllowanceChargeReason>.*<\/cbc:AllowanceChargeReason>/,
          '',
        ),
        totals: totals({ more: amount('ChargeTotalAmount', '0') }),
      },
      ['BR-38', 'BR-CO-22', 'BR-DEC-05', 'UBL-DT-01'],
    ],
    [
      'a charge without rate',
      { allowances: allowanceCharge('true', '0', 'S', ''), totals: totals({ more: amount('ChargeTotalAmount', '0') }) },
      ['BR-S-07'],
    ],
    [
      'an allowance in L below zero',
      {
        allowances: allowanceCharge('false', '0', 'L', '-1'),
        totals: totals({ more: amount('AllowanceTotalAmount', '0') }),
      },
      ['BR-AF-01', 'BR-AF-06'],
    ],
    [
      'a line allowance without reason and amount',
      {
        lines: line({
          more: '<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator></cac:AllowanceCharge>',
        }),
      },
      ['BR-41', 'BR-42', 'BR-CO-23'],
    ],
    [
      'a line charge with many decimals',
      { lines: line({ more: ofLine('true', '1.001', 'S', '20', amount('BaseAmount', '1.0001')) }) },
      ['BR-DEC-27', 'BR-DEC-28', 'UBL-DT-01', 'UBL-DT-01'],
    ],
  ])('with %s', (_, parts, rules) => {
    expect(broken(parts)).toEqual(rules);
  });

  it.each(['E', 'AE', 'G'])('wants a reason, no rate and no tax in category %s', (code) => {
    const rules = { E: 'BR-E', AE: 'BR-AE', G: 'BR-G' }[code] ?? '';
    expect(broken(untaxed(code))).toEqual([]);
    expect(broken(untaxed(code, {}, '0', ''))).toEqual([`${rules}-10`]);
    expect(broken(untaxed(code, {}, '5'))).toEqual(['BR-CO-17', `${rules}-05`].sort());
    expect(
      broken(
        untaxed(code, { lines: line({ code, rate: '0', net: '100.00' }) + line({ code: 'S', rate: '20', net: '0' }) }),
      ),
    ).toEqual(['BR-S-01']);
    expect(broken(untaxed(code, { lines: line({ code: 'S' }) }))).toEqual([`${rules}-08`, 'BR-S-01'].sort());
  });

  it('wants no reason in category Z', () => {
    expect(broken(untaxed('Z', {}, '0', ''))).toEqual([]);
    expect(broken(untaxed('Z'))).toEqual(['BR-Z-10']);
  });

  it('asks the parties for their registrations, as each category does', () => {
    expect(broken(untaxed('AE', parties('FR1', '')))).toEqual(['BR-AE-02']);
    expect(broken(untaxed('G', parties('', 'DE2')))).toEqual(['BR-G-02']);
    expect(broken(untaxed('K', { ...parties('FR1', ''), delivery }))).toEqual(['BR-IC-02']);
    expect(broken(untaxed('K', { delivery }))).toEqual([]);
    expect(broken(untaxed('K'))).toEqual(['BR-IC-11', 'BR-IC-12']);
    expect(broken(untaxed('O', parties('', ''), ''))).toEqual([]);
    expect(broken(untaxed('O', {}, ''))).toEqual(['BR-O-02']);
    expect(broken(untaxed('O', parties('', ''), '0'))).toEqual(['BR-O-05']);
  });

  it('allows nothing beside what is outside of the scope of VAT', () => {
    const lines = line({ code: 'O', rate: '' }) + line({ code: 'E', rate: '0', net: '0' });
    const breakdown = subtotal('0.00', '0.00', 'E', '0', exemption);
    const vat = vatTotal('0.00', subtotal('100.00', '0.00', 'O', '', exemption), breakdown);
    expect(broken(untaxed('O', { ...parties('', ''), lines, vat }))).toEqual(['BR-E-02', 'BR-O-11', 'BR-O-12']);
  });

  it('knows split payment in Italy alone, and not beside the standard rate', () => {
    const vat = vatTotal('20.00', subtotal('100.00', '20.00', 'B', '20'));
    expect(broken({ lines: line({ code: 'B' }), vat })).toEqual(['BR-B-01']);
    const mixed = vatTotal('20.00', subtotal('100.00', '20.00', 'B', '20'), subtotal('0.00', '0.00', 'S', '20'));
    const lines = line({ code: 'B' }) + line({ net: '0' });
    expect(broken({ lines, vat: mixed })).toEqual(['BR-B-01', 'BR-B-02']);
  });

  it('takes what is taxable as lines plus charges minus allowances, of the document only', () => {
    const of = (taxable: string): Parts => ({
      allowances: allowanceCharge('false', '10.00') + allowanceCharge('true', '4.00'),
      lines: line({ more: ofLine('false', '7.00') }),
      vat: vatTotal('18.80', subtotal(taxable, '18.80', 'S', '20')),
      totals: totals({
        without: '94.00',
        with: '112.80',
        due: '112.80',
        more: amount('AllowanceTotalAmount', '10.00') + amount('ChargeTotalAmount', '4.00'),
      }),
    });
    expect(broken(of('94.00'))).toEqual([]);
    expect(broken(of('96.00'))).toEqual(['BR-S-08']);
  });

  it('agrees with the amounts of any number of lines to the cent', () => {
    const cents = fc.integer({ min: -9_999_999, max: 9_999_999 });
    const written = (value: number): string =>
      `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`;
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 12 }), (nets) => {
        const net = nets.reduce((sum, one) => sum + one, 0);
        const parts = (shown: number): Parts => ({
          lines: nets.map((one) => line({ net: written(one), code: 'Z', rate: '0' })).join(''),
          vat: vatTotal('0.00', subtotal(written(shown), '0.00', 'Z', '0')),
          totals: totals({ net: written(shown), without: written(shown), with: written(shown), due: written(shown) }),
        });
        expect(broken(parts(net))).toEqual([]);
        expect(broken(parts(net + 1))).toEqual(['BR-CO-10', 'BR-Z-08']);
      }),
      { numRuns: 40 },
    );
  });
});
