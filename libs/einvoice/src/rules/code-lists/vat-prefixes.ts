import { iso3166CountriesCii, iso3166CountriesUbl } from './countries.js';

/** What a VAT identifier may begin with in UBL: a country, or `EL` for Greece (BR-CO-09). */
export const vatPrefixesUbl: ReadonlySet<string> = withGreece(iso3166CountriesUbl);

/** What a VAT identifier may begin with in CII: a country, or `EL` for Greece (BR-CO-09). */
export const vatPrefixesCii: ReadonlySet<string> = withGreece(iso3166CountriesCii);

/** `EL` stands behind `EH`, in its place by alphabet: the rule for UBL looks for two characters anywhere in the text of the list. */
function withGreece(countries: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...countries].flatMap((country) => (country === 'EH' ? [country, 'EL'] : [country])));
}
