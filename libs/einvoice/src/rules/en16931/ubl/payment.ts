import { path } from '../../engine/path.js';
import { fatal, filled, present, shortfall, type UblContext } from './assertions.js';
import { normalised } from '../../engine/values.js';
import { anyText, normalisedAt } from './values.js';

const code = path('cbc:PaymentMeansCode');
const account = path('cac:PayeeFinancialAccount/cbc:ID');

/** UNTDID 4461: transfer of money, and the same within SEPA. */
const transfers: ReadonlySet<string> = new Set(['30', '58']);
const longestCardNumber = 10;

/** Payment card (BG-18). */
export const cardContext: UblContext = {
  match: 'cac:PaymentMeans/cac:CardAccount/cbc:PrimaryAccountNumberID',
  assertions: [
    {
      rule: 'BR-51',
      severity: 'warning',
      holds: (card) => {
        const { length } = Array.from(normalised(card.stringValue));
        // What was found is a length: the number of a card must not get into a report.
        return length <= longestCardNumber || { found: String(length), expected: String(longestCardNumber) };
      },
    },
  ],
};

/** Payment instructions (BG-16) and credit transfer (BG-17). */
export const paymentContexts: readonly UblContext[] = [
  {
    match: 'cac:PaymentMeans/cac:PayeeFinancialAccount',
    where: ({ parent }) => [...transfers].some((transfer) => anyText(code, parent, transfer)),
    assertions: [filled('BR-50', 'cbc:ID')],
  },
  {
    match: 'cac:PaymentMeans',
    assertions: [
      present('BR-49', 'cbc:PaymentMeansCode'),
      fatal(
        'BR-61',
        (means) => !transfers.has(normalisedAt(code, means)) || account.exists(means) || shortfall(code.first(means)),
      ),
    ],
  },
];
