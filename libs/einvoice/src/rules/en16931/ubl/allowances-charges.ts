import { present, twoDecimals, fatal, type UblAssertion, type UblContext } from './assertions.js';
import { path } from '../../engine/path.js';
import { indicates, isVat } from './tax-category.js';
import { matchesWithoutFault } from '../../engine/values.js';
import type { XmlElement } from '../../../xml/element.js';

const category = path('cac:TaxCategory');
const categoryId = path('cbc:ID');
const reasons = ['cbc:AllowanceChargeReason', 'cbc:AllowanceChargeReasonCode'] as const;

/** Narrows a context to allowances. */
export const isAllowance = (element: XmlElement | null): boolean => says(element, false);
/** Narrows a context to charges. */
export const isCharge = (element: XmlElement | null): boolean => says(element, true);

/** Allowances (BG-20) and charges (BG-21) of the document. */
export const documentAllowanceContexts: readonly UblContext[] = [
  {
    match: '/ubl:Invoice/cac:AllowanceCharge | /cn:CreditNote/cac:AllowanceCharge',
    where: isAllowance,
    assertions: [
      present('BR-31', 'cbc:Amount'),
      withVatCategory('BR-32'),
      present('BR-33', ...reasons),
      present('BR-CO-21', ...reasons),
      twoDecimals('BR-DEC-01', 'cbc:Amount'),
      twoDecimals('BR-DEC-02', 'cbc:BaseAmount'),
    ],
  },
  {
    match: '/ubl:Invoice/cac:AllowanceCharge | /cn:CreditNote/cac:AllowanceCharge',
    where: isCharge,
    assertions: [
      present('BR-36', 'cbc:Amount'),
      withVatCategory('BR-37'),
      present('BR-38', ...reasons),
      present('BR-CO-22', ...reasons),
      twoDecimals('BR-DEC-05', 'cbc:Amount'),
      twoDecimals('BR-DEC-06', 'cbc:BaseAmount'),
    ],
  },
];

/** Allowances (BG-27) and charges (BG-28) of a line. */
export const lineAllowanceContexts: readonly UblContext[] = [
  {
    match: '//cac:InvoiceLine/cac:AllowanceCharge | //cac:CreditNoteLine/cac:AllowanceCharge',
    where: isAllowance,
    assertions: [
      present('BR-41', 'cbc:Amount'),
      present('BR-42', ...reasons),
      present('BR-CO-23', ...reasons),
      twoDecimals('BR-DEC-24', 'cbc:Amount'),
      twoDecimals('BR-DEC-25', 'cbc:BaseAmount'),
    ],
  },
  {
    match: '//cac:InvoiceLine/cac:AllowanceCharge | //cac:CreditNoteLine/cac:AllowanceCharge',
    where: isCharge,
    assertions: [
      present('BR-43', 'cbc:Amount'),
      present('BR-44', ...reasons),
      present('BR-CO-24', ...reasons),
      twoDecimals('BR-DEC-27', 'cbc:Amount'),
      twoDecimals('BR-DEC-28', 'cbc:BaseAmount'),
    ],
  },
];

function withVatCategory(rule: string): UblAssertion {
  return fatal(rule, (element) => category.all(element).some((one) => isVat(one) && categoryId.exists(one)));
}

function says(element: XmlElement | null, charge: boolean): boolean {
  return element !== null && matchesWithoutFault(() => indicates(element, charge));
}
