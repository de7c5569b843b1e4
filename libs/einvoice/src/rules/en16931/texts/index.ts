import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { allowanceTexts } from './allowance-texts.js';
import { ciiSyntaxTexts } from './cii-syntax-texts.js';
import { codeListTexts } from './code-list-texts.js';
import { decimalTexts } from './decimal-texts.js';
import { documentTexts } from './document-texts.js';
import { ciiForbiddenTexts, ublForbiddenTexts } from './forbidden-texts.js';
import { lineTexts } from './line-texts.js';
import { partyTexts } from './party-texts.js';
import { paymentTexts } from './payment-texts.js';
import { totalTexts } from './total-texts.js';
import { ublSyntaxTexts } from './ubl-syntax-texts.js';
import { vatFamilyTexts, vatSpecialTexts } from './vat-category-texts.js';
import { vatTexts } from './vat-texts.js';

/** What every business rule of EN 16931 says, whatever the syntax of the invoice. */
export const businessTexts = {
  ...documentTexts,
  ...partyTexts,
  ...paymentTexts,
  ...allowanceTexts,
  ...totalTexts,
  ...vatTexts,
  ...lineTexts,
  ...vatFamilyTexts,
  ...vatSpecialTexts,
  ...decimalTexts,
  ...codeListTexts,
} as const satisfies Record<string, RuleDescription>;

/** What every rule that binds EN 16931 to UBL says. */
export const ublTexts = { ...ublSyntaxTexts, ...ublForbiddenTexts };

/** What every rule that binds EN 16931 to CII says. */
export const ciiTexts = { ...ciiSyntaxTexts, ...ciiForbiddenTexts };
