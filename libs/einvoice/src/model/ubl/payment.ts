import type { XmlElement } from '../../xml/element.js';
import type { CreditTransfer, DirectDebit, PaymentCard, PaymentInstructions } from '../payment.js';
import type { Party } from '../party.js';
import { attributeValue, type Value } from '../value.js';
import { aggregate, aggregates, basic, basics } from './nodes.js';
import { ublParty } from './party.js';

/**
 * The ways to pay of a UBL invoice.
 *
 * @param root the document: the creditor identifier of a direct debit (BT-90) stands with the seller or the payee
 */
export function ublPayments(root: XmlElement): PaymentInstructions[] {
  return aggregates(root, 'PaymentMeans').map((element) => new UblPayment(element, root));
}

/** Who pays in the buyer's stead (EXT-FR-FE-BG-02), where UBL puts it: with the mandate of a direct debit. */
export function ublPayer(root: XmlElement): Party | null {
  for (const means of aggregates(root, 'PaymentMeans')) {
    const found = aggregate(means, 'PaymentMandate', 'PayerParty');
    if (found !== null) return ublParty(found, 'registered');
  }
  return null;
}

class UblPayment implements PaymentInstructions {
  #creditTransfers: readonly CreditTransfer[] | undefined;

  constructor(
    readonly element: XmlElement,
    private readonly root: XmlElement,
  ) {}

  get meansCode(): Value | null {
    return basic(this.element, 'PaymentMeansCode');
  }

  get meansText(): Value | null {
    return attributeValue(this.meansCode?.element, 'name');
  }

  get remittanceInformation(): readonly Value[] {
    return basics(this.element, 'PaymentID');
  }

  get creditTransfers(): readonly CreditTransfer[] {
    return (this.#creditTransfers ??= aggregates(this.element, 'PayeeFinancialAccount').map((element) => ({
      element,
      account: basic(element, 'ID'),
      accountName: basic(element, 'Name'),
      serviceProvider: basic(aggregate(element, 'FinancialInstitutionBranch'), 'ID'),
    })));
  }

  get card(): PaymentCard | null {
    const element = aggregate(this.element, 'CardAccount');
    if (element === null) return null;
    return {
      element,
      accountNumber: basic(element, 'PrimaryAccountNumberID'),
      holderName: basic(element, 'HolderName'),
    };
  }

  get directDebit(): DirectDebit | null {
    const mandate = aggregate(this.element, 'PaymentMandate');
    if (mandate === null) return null;
    return {
      mandateReference: basic(mandate, 'ID'),
      creditorIdentifier: creditorIdentifier(this.root),
      debitedAccount: basic(aggregate(mandate, 'PayerFinancialAccount'), 'ID'),
    };
  }
}

function creditorIdentifier(root: XmlElement): Value | null {
  for (const party of [aggregate(root, 'PayeeParty'), aggregate(root, 'AccountingSupplierParty', 'Party')]) {
    for (const identification of aggregates(party, 'PartyIdentification')) {
      const id = basic(identification, 'ID');
      if (id?.scheme === 'SEPA') return id;
    }
  }
  return null;
}
