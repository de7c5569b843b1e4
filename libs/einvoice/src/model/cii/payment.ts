import type { XmlElement } from '../../xml/element.js';
import type { CreditTransfer, DirectDebit, PaymentCard, PaymentInstructions } from '../payment.js';
import type { Value } from '../value.js';
import { component, components, entities, entity } from './nodes.js';

/**
 * The ways to pay of a CII invoice.
 *
 * @param settlement `ram:ApplicableHeaderTradeSettlement`, which holds the remittance information and the terms of a direct
 *   debit for all of them
 */
export function ciiPayments(settlement: XmlElement | null): PaymentInstructions[] {
  return entities(settlement, 'SpecifiedTradeSettlementPaymentMeans').map(
    (element) => new CiiPayment(element, settlement),
  );
}

class CiiPayment implements PaymentInstructions {
  #creditTransfers: readonly CreditTransfer[] | undefined;

  constructor(
    readonly element: XmlElement,
    private readonly settlement: XmlElement | null,
  ) {}

  get meansCode(): Value | null {
    return component(this.element, 'TypeCode');
  }

  get meansText(): Value | null {
    return component(this.element, 'Information');
  }

  get remittanceInformation(): readonly Value[] {
    return components(this.settlement, 'PaymentReference');
  }

  get creditTransfers(): readonly CreditTransfer[] {
    return (this.#creditTransfers ??= entities(this.element, 'PayeePartyCreditorFinancialAccount').map((element) => ({
      element,
      account: component(element, 'IBANID') ?? component(element, 'ProprietaryID'),
      accountName: component(element, 'AccountName'),
      serviceProvider: component(entity(this.element, 'PayeeSpecifiedCreditorFinancialInstitution'), 'BICID'),
    })));
  }

  get card(): PaymentCard | null {
    const element = entity(this.element, 'ApplicableTradeSettlementFinancialCard');
    if (element === null) return null;
    return { element, accountNumber: component(element, 'ID'), holderName: component(element, 'CardholderName') };
  }

  get directDebit(): DirectDebit | null {
    const terms: DirectDebit = {
      mandateReference: mandateOf(this.settlement),
      creditorIdentifier: component(this.settlement, 'CreditorReferenceID'),
      debitedAccount: component(entity(this.element, 'PayerPartyDebtorFinancialAccount'), 'IBANID'),
    };
    return Object.values(terms).every((term) => term === null) ? null : terms;
  }
}

function mandateOf(settlement: XmlElement | null): Value | null {
  for (const terms of entities(settlement, 'SpecifiedTradePaymentTerms')) {
    const mandate = component(terms, 'DirectDebitMandateID');
    if (mandate !== null) return mandate;
  }
  return null;
}
