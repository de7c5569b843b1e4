const NUMBER = /^([+-]?)0*(\d+)(?:\.(\d*))?$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})/;
/** Between groups of three digits: no line breaks there. */
const NARROW = '\u00a0';

/**
 * A number as the French write it, `1 234,50`, with every digit that was written: nothing is rounded.
 *
 * @param text `xs:decimal`; anything else comes back as it is
 * @param decimals digits behind the comma at least
 */
export function frenchNumber(text: string, decimals = 0): string {
  const [, sign, whole, fraction = ''] = NUMBER.exec(text) ?? [];
  if (whole === undefined) return text;
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, NARROW);
  const digits = fraction.padEnd(decimals, '0');
  return `${sign === '-' ? '-' : ''}${grouped}${digits === '' ? '' : `,${digits}`}`;
}

/** An amount: two decimals at least, and its currency (ISO 4217) where one is given. */
export function frenchAmount(text: string, currency: string | null = null): string {
  const amount = frenchNumber(text, 2);
  if (currency === null) return amount;
  return `${amount}${NARROW}${currency === 'EUR' ? '€' : currency}`;
}

/** A rate: `20 %`, `5,5 %`; zeroes behind it say nothing. */
export function frenchPercentage(text: string): string {
  return `${frenchNumber(text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''))}${NARROW}%`;
}

/** A day `YYYY-MM-DD` as `DD/MM/YYYY`; anything else as it was found. */
export function frenchDate(text: string): string {
  const [, year, month, day] = DAY.exec(text) ?? [];
  return year === undefined ? text : `${day}/${month}/${year}`;
}
