import * as lists from './index.js';

describe('The code lists of EN 16931', () => {
  it.each<[string, ReadonlySet<string>, number, readonly string[], readonly string[]]>([
    ['ISO 4217', lists.iso4217Currencies, 178, ['EUR', 'ZWG'], ['FRF', '']],
    ['ISO 3166-1 in UBL', lists.iso3166CountriesUbl, 251, ['FR', 'SS', '1A', 'XI'], ['AN', 'EL', 'UK']],
    ['ISO 3166-1 in CII', lists.iso3166CountriesCii, 251, ['FR', 'AN', '1A', 'XI'], ['SS', 'EL', 'UK']],
    ['VAT prefixes in UBL', lists.vatPrefixesUbl, 252, ['FR', 'EL', 'SS'], ['AN', 'fr']],
    ['VAT prefixes in CII', lists.vatPrefixesCii, 252, ['FR', 'EL', 'AN'], ['SS', 'fr']],
    ['UNTDID 1001, invoices', lists.untdid1001Invoice, 50, ['380', '384', '389', '326'], ['381', '261']],
    ['UNTDID 1001, credit notes', lists.untdid1001CreditNote, 13, ['381', '261', '396'], ['380']],
    ['UNTDID 1001 in CII', lists.untdid1001Cii, 62, ['380', '381', '751'], ['1']],
    ['UNTDID 4461', lists.untdid4461PaymentMeans, 84, ['1', '30', '58', 'ZZZ'], ['71', '0']],
    ['UNTDID 5189', lists.untdid5189AllowanceReasons, 19, ['95', '100'], ['AA']],
    ['UNTDID 7161', lists.untdid7161ChargeReasons, 178, ['AA', 'ZZZ'], ['95']],
    ['UNTDID 2005', lists.untdid2005TaxPointDates, 3, ['3', '35', '432'], ['5']],
    ['UNTDID 2475', lists.untdid2475TaxPointDates, 3, ['5', '29', '72'], ['3']],
    ['UNTDID 1153', lists.untdid1153ReferenceQualifiers, 818, ['AAA', 'ZZZ'], ['ZZ']],
    ['UNTDID 7143', lists.untdid7143ItemClassifications, 185, ['STI', 'ZZZ'], ['CPV']],
    ['UNTDID 4451 in UBL', lists.untdid4451NoteSubjectsUbl, 383, ['AAB', 'REG'], ['BAT', 'CCJ']],
    ['UNTDID 4451 in CII', lists.untdid4451NoteSubjectsCii, 401, ['AAB', 'REG', 'BAT', 'CCJ'], ['QQQ']],
    ['ISO 6523 ICD', lists.iso6523IcdSchemes, 243, ['0002', '0009', '0088', '0225'], ['9957', 'SEPA']],
    ['EAS', lists.easSchemes, 104, ['0009', '0225', '9957', 'EM'], ['0001']],
    ['VATEX', lists.vatexExemptionReasons, 88, ['VATEX-EU-AE', 'VATEX-FR-CGI261-1'], ['vatex-eu-ae']],
    ['UNTDID 5305', lists.untdid5305VatCategories, 10, ['S', 'Z', 'AE', 'B'], ['H']],
    ['Recommendations 20 and 21', lists.unitsOfMeasure, 2162, ['C62', 'HUR', 'KGM', 'XPP'], ['PCE', 'EACH']],
    ['Types of supporting documents', lists.supportingDocumentMimeTypes, 6, ['application/pdf'], ['text/xml']],
  ])('%s', (_, codes, size, known, unknown) => {
    expect(codes.size).toBe(size);
    for (const code of known) expect(codes.has(code)).toBe(true);
    for (const code of unknown) expect(codes.has(code)).toBe(false);
  });

  it('are written as one line for the rules that look for a text in them', () => {
    expect(lists.joined(lists.codesOf(' 3\n  35 '))).toBe(' 3 35 ');
    expect(lists.joined(lists.vatPrefixesUbl)).toMatch(/^ 1A AD .* EH EL ER .* ZW $/);
  });
});
