import type { Invoice } from './invoice.js';
import type { Value } from './value.js';

/** The first amount that is in the currency of the invoice, or says none; BT-110 and BT-111 share their element. */
export function inCurrency(amounts: readonly Value[], currency: Value | null): Value | null {
  for (const amount of amounts) {
    const own = amount.attribute('currencyID');
    if (own === null || own === currency?.value) return amount;
  }
  return null;
}

/** The amount in the currency of accounting (BT-6), when that is another than the currency of the invoice (BT-5). */
export function otherCurrencyOf(
  amounts: readonly Value[],
  { currency, vatAccountingCurrency }: Currencies,
): Value | null {
  if (vatAccountingCurrency === null || vatAccountingCurrency.value === currency?.value) return null;
  return amounts.find((one) => one.attribute('currencyID') === vatAccountingCurrency.value) ?? null;
}

type Currencies = Pick<Invoice, 'currency' | 'vatAccountingCurrency'>;
