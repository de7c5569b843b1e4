import { path } from '../../engine/path.js';
import { fatal, present, shortfall, type UblAssertion, type UblContext } from './assertions.js';
import { dateOf, onlyAt } from './values.js';

const startDate = path('cbc:StartDate');
const endDate = path('cbc:EndDate');
const descriptionCode = 'cbc:DescriptionCode';

/** The place of delivery (BG-15). */
export const deliveryAddressContext: UblContext = {
  match: 'cac:Delivery/cac:DeliveryLocation/cac:Address',
  assertions: [present('BR-57', 'cac:Country/cbc:IdentificationCode')],
};

/** The invoicing period of a line (BG-26), then that of the document (BG-14). */
export const periodContexts: readonly UblContext[] = [
  {
    match: 'cac:InvoiceLine/cac:InvoicePeriod | cac:CreditNoteLine/cac:InvoicePeriod',
    assertions: [endsAfterStart('BR-30'), present('BR-CO-20', 'cbc:StartDate', 'cbc:EndDate')],
  },
  {
    match: 'cac:InvoicePeriod',
    assertions: [endsAfterStart('BR-29'), present('BR-CO-19', 'cbc:StartDate', 'cbc:EndDate', descriptionCode)],
  },
];

function endsAfterStart(rule: string): UblAssertion {
  return fatal(rule, (period) => {
    if (!startDate.exists(period) || !endDate.exists(period)) return true;
    const [end, start] = [onlyAt(endDate, period), onlyAt(startDate, period)];
    if (end === null || start === null) return true;
    return dateOf(end) >= dateOf(start) || shortfall(end, start.stringValue);
  });
}
