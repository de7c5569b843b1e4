import { path } from '../../engine/path.js';
import { eitherPresent, fatal, filled, present, shortfall, type CiiContext } from './assertions.js';
import { normalised } from '../../engine/values.js';
import { anyIs, isFilled, only } from './values.js';

const cardNumber = path('ram:ID');
const meansCode = path('ram:TypeCode');
const accountNumber = path('ram:IBANID');
const otherAccountNumber = path('ram:ProprietaryID');

/** A card number (BT-87) is cut: at most ten characters of it are shown. */
export const cardContext: CiiContext = {
  match: '//ram:ApplicableTradeSettlementFinancialCard',
  assertions: [
    fatal('BR-51', (card) => {
      const number = only(cardNumber.all(card));
      const shown = number === null ? 0 : Array.from(normalised(number.stringValue)).length;
      return shown <= 10 || { at: number, found: String(shown), expected: '≤ 10' };
    }),
  ],
};

/** A credit transfer (UNTDID 4461, codes 30 and 58) says to which account (BT-84). */
export const creditTransferContext: CiiContext = {
  match: '//ram:SpecifiedTradeSettlementPaymentMeans/ram:PayeePartyCreditorFinancialAccount',
  where: ({ parent }) => anyIs(meansCode.all(parent), '30', '58'),
  assertions: [
    fatal('BR-50', (account) => {
      const numbers = accountNumber.all(account);
      return isFilled(numbers) || isFilled(otherAccountNumber.all(account)) || shortfall(numbers[0] ?? null);
    }),
    eitherPresent('BR-61', 'ram:IBANID', 'ram:ProprietaryID'),
  ],
};

/** Payment means (BG-16) say which. */
export const paymentMeansContext: CiiContext = {
  match: '//ram:SpecifiedTradeSettlementPaymentMeans',
  assertions: [present('BR-49', 'ram:TypeCode')],
};

/** A preceding invoice (BG-3) is named by its number. */
export const precedingInvoiceContext: CiiContext = {
  match:
    '/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/ram:InvoiceReferencedDocument',
  assertions: [filled('BR-55', 'ram:IssuerAssignedID')],
};
