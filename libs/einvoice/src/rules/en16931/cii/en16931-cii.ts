import { RuleSet, type Pattern } from '../../engine/rule-set.js';
import { documentAllowanceContexts, lineAllowanceContexts } from './allowances-and-charges.js';
import type { CiiContext } from './assertions.js';
import { codeContexts } from './codes.js';
import { deliveryContext, invoicePeriodContext, linePeriodContext } from './delivery.js';
import { documentAssertions, splitPaymentAssertions } from './document.js';
import { CiiFacts } from './facts.js';
import { characteristicContext, classificationContext, lineContext, supportingDocumentContext } from './lines.js';
import { payeeContext, sellerContext, taxRepresentativeContext, vatIdentifierContext } from './parties.js';
import { cardContext, creditTransferContext, paymentMeansContext, precedingInvoiceContext } from './payment.js';
import { dataTypeContexts } from './syntax/data-types.js';
import { headerContexts as header } from './syntax/header.js';
import { lineContexts as line } from './syntax/lines.js';
import { grandTotalAssertion, taxTotalContext, totalsContext } from './totals.js';
import { breakdownContext } from './vat-breakdown.js';
import { vatCategoryContexts } from './vat-categories.js';
import { presenceAssertions } from './vat-presence.js';

const documentContext: CiiContext = {
  match: '/rsm:CrossIndustryInvoice',
  assertions: [...documentAssertions, grandTotalAssertion, ...presenceAssertions, ...splitPaymentAssertions],
};

/** Business rules, in the order of the official pattern: an element takes the first context that matches it. */
const model: Pattern<CiiFacts> = {
  name: 'EN16931-CII-Model',
  contexts: [
    classificationContext,
    supportingDocumentContext,
    cardContext,
    creditTransferContext,
    deliveryContext,
    ...documentAllowanceContexts,
    totalsContext,
    documentContext,
    lineContext,
    ...lineAllowanceContexts,
    linePeriodContext,
    invoicePeriodContext,
    characteristicContext,
    payeeContext,
    paymentMeansContext,
    precedingInvoiceContext,
    sellerContext,
    taxRepresentativeContext,
    taxTotalContext,
    vatIdentifierContext,
    ...vatCategoryContexts,
    breakdownContext,
  ],
};

/** Restrictions of the syntax to what EN 16931 has terms for, likewise in their official order. */
const syntax: Pattern<CiiFacts> = {
  name: 'EN16931-CII-Syntax',
  contexts: [
    header.paymentMeans,
    header.documentContext,
    header.document,
    header.note,
    line.line,
    line.document,
    line.product,
    line.characteristic,
    line.agreement,
    line.allowanceOrCharge,
    line.priceAllowance,
    line.delivery,
    line.settlement,
    header.agreement,
    header.delivery,
    header.settlement,
    header.totals,
    header.invoice,
    ...dataTypeContexts,
  ],
};

/** EN 16931, release 1.3.16 of its validation artefacts, on a CrossIndustryInvoice (UN/CEFACT CII D16B). */
export const en16931Cii: RuleSet<CiiFacts> = new RuleSet<CiiFacts>(
  'en16931-1.3.16',
  [model, syntax, { name: 'EN16931-Codes', contexts: codeContexts }],
  (root) => new CiiFacts(root),
);

/** Rules of the release that have no test, because no test in the document could decide them: they never fire. */
export const neverFires: readonly string[] = ['BR-AF-09', 'BR-AG-09', 'BR-CO-05', 'BR-CO-06', 'BR-CO-07', 'BR-CO-08'];
