import { RuleSet } from '../../engine/rule-set.js';
import { documentAllowanceContexts, lineAllowanceContexts } from './allowances-charges.js';
import { documentRoot } from './assertions.js';
import { codeContexts } from './codes.js';
import { deliveryAddressContext, periodContexts } from './delivery.js';
import { documentAssertions } from './document.js';
import { UblFacts } from './facts.js';
import { itemContexts, lineContext } from './lines.js';
import {
  buyerContexts,
  payeeContext,
  representativeContexts,
  sellerContexts,
  vatIdentifierContext,
} from './parties.js';
import { cardContext, paymentContexts } from './payment.js';
import { noteContext, precedingInvoiceContext, supportingDocumentContext } from './references.js';
import { syntaxContexts } from './syntax.js';
import { totalsContext } from './totals.js';
import { vatBreakdownContext, vatTotalContext } from './vat-breakdown.js';
import { familyContexts, vatFamilies } from './vat-families.js';
import { vatUseAssertions } from './vat-use-rules.js';

export { neverFires } from './never-fires.js';
export { UblFacts } from './facts.js';

/**
 * The rules of EN 16931 for UBL 2.1 Invoice and CreditNote, as release 1.3.16 of the official validation artefacts has them.
 * The same rules fire, as often and with the same severity; a document on which the official stylesheet stops is one that
 * has values that are not computable.
 */
export const en16931Ubl = new RuleSet<UblFacts>(
  'en16931-1.3.16',
  [
    {
      name: 'model',
      contexts: [
        supportingDocumentContext,
        ...buyerContexts,
        cardContext,
        deliveryAddressContext,
        ...documentAllowanceContexts,
        totalsContext,
        { match: documentRoot, assertions: [...documentAssertions, ...vatUseAssertions] },
        lineContext,
        ...lineAllowanceContexts,
        ...periodContexts,
        ...itemContexts,
        noteContext,
        payeeContext,
        ...paymentContexts,
        precedingInvoiceContext,
        ...sellerContexts,
        ...representativeContexts,
        vatTotalContext,
        vatBreakdownContext,
        vatIdentifierContext,
        ...vatFamilies.flatMap(familyContexts),
      ],
    },
    { name: 'syntax', contexts: syntaxContexts },
    { name: 'codes', contexts: codeContexts },
  ],
  (root) => new UblFacts(root),
);
