import type { XmlElement } from '../../../xml/element.js';
import { NotComputable } from '../../engine/decimal.js';
import { path } from '../../engine/path.js';
import { booleanOf, normalised } from '../../engine/values.js';
import { normalisedAt, textAt } from './values.js';

const id = path('cbc:ID');
const taxScheme = path('cac:TaxScheme');
const indicator = path('cbc:ChargeIndicator');

/**
 * Whether one of the tax schemes of a category or of a registration is VAT.
 *
 * @throws NotComputable when a scheme before it has several identifiers
 */
export function isVat(element: XmlElement): boolean {
  for (const scheme of taxScheme.all(element)) if (isVatScheme(scheme)) return true;
  return false;
}

/**
 * Whether the tax scheme of a category or of a registration is VAT, where a rule wants it to be the only one.
 *
 * @throws NotComputable when there are several schemes, or several identifiers of it
 */
export function isVatOnly(element: XmlElement): boolean {
  const [scheme, second] = taxScheme.all(element);
  if (second !== undefined) throw new NotComputable(second);
  return scheme !== undefined && isVatScheme(scheme);
}

function isVatScheme(scheme: XmlElement): boolean {
  const text = textAt(id, scheme);
  return text === 'VAT' || normalised(text.toUpperCase()) === 'VAT';
}

/**
 * The code of a VAT category, white space around it aside; `''` when there is none.
 *
 * @throws NotComputable when there are several
 */
export function categoryCode(category: XmlElement): string {
  return normalisedAt(id, category);
}

/** The codes of a VAT category as they are written: one, if all is well. */
export function writtenCodes(category: XmlElement): string[] {
  return id.all(category).map((element) => element.stringValue);
}

/**
 * Whether an allowance or charge says that it is the one wanted.
 *
 * @throws NotComputable when an indicator before the wanted one is no boolean
 */
export function indicates(allowanceCharge: XmlElement, charge: boolean): boolean {
  for (const element of indicator.all(allowanceCharge)) if (booleanOf(element) === charge) return true;
  return false;
}
