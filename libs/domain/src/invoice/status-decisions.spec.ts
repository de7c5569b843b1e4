import { specification } from '../testing/given.js';
import { integratedInvoice } from '../../../../test/support/invoice-events.js';
import type { InvoiceEvent, InvoiceReference, InvoiceStatusChanged } from './invoice-events.js';
import type { InvoiceStatus } from './invoice-statuses.js';
import { evolveInvoice, noInvoice, type Invoice } from './lifecycle.js';
import {
  acknowledgeRejection,
  changeStatus,
  completeInvoice,
  correctValidator,
  passValidationDeadline,
  recycleInvoice,
  type StatusChange,
} from './status-decisions.js';
import type { LifecycleMode, LifecycleRole } from './transitions.js';

const { given } = specification<Invoice, InvoiceEvent>(noInvoice, evolveInvoice);
const validator = { identifier: '39860733300059', name: 'Titulaire' };
const mandatary = { identifier: '73282932000074', name: 'Mandataire' };
const available = integratedInvoice();
const toValidate = integratedInvoice({ billingFrame: 'A9', validator });

const reference: InvoiceReference = {
  number: 'F2026-0001',
  issueDate: '2026-11-20',
  issuer: '55208131766522',
  sender: '55208131766522',
  recipient: '11000201100044',
  serviceCode: 'COMPTA',
  validator: null,
};
const toValidateReference: InvoiceReference = { ...reference, validator: validator.identifier };

/** Statuses that only an invoice with a validator has. */
const byFrame = (status: InvoiceStatus): boolean => /VALID/.test(status);

const change = (to: string, more: Partial<StatusChange> = {}): StatusChange => ({
  to,
  by: 'recipient',
  reason: null,
  comment: null,
  paymentOrder: null,
  ...more,
});

const changed = (
  from: InvoiceStatus,
  to: InvoiceStatus,
  by: LifecycleRole = 'recipient',
  more: Partial<InvoiceStatusChanged['data']> = {},
): InvoiceStatusChanged => ({
  type: 'InvoiceStatusChanged',
  data: {
    invoice: byFrame(from) ? toValidateReference : reference,
    from,
    to,
    by,
    reason: null,
    comment: null,
    paymentOrder: null,
    secondValidator: null,
    ...more,
  },
});

const set = (to: string, more: Partial<StatusChange> = {}, mode: LifecycleMode = 'strict') => {
  return (invoice: Invoice) => changeStatus(invoice, change(to, more), mode);
};

describe('changeStatus', () => {
  it.each(['SERVICE_FAIT', 'MANDATEE', 'MISE_A_DISPOSITION_COMPTABLE', 'COMPTABILISEE', 'MISE_EN_PAIEMENT'] as const)(
    'R25 the recipient takes an invoice that is available to %s',
    (to) => given(available).when(set(to)).then(changed('MISE_A_DISPOSITION', to)),
  );

  it('R25 keeps the payment order and the comment', () =>
    given(available)
      .when(set('MANDATEE', { paymentOrder: 'M-42', comment: 'Bordereau 7' }))
      .then(changed('MISE_A_DISPOSITION', 'MANDATEE', 'recipient', { paymentOrder: 'M-42', comment: 'Bordereau 7' })));

  it('R25 rejects with a coded reason', () =>
    given(available)
      .when(set('REJETEE', { reason: 'MONTANTTOTAL_ERR' }))
      .then(changed('MISE_A_DISPOSITION', 'REJETEE', 'recipient', { reason: 'MONTANTTOTAL_ERR' })));

  it('FAC-404 refuses what does not exist', () => given().when(set('MANDATEE')).refused('FAC-404'));

  it.each(['', 'PAYEE', 'mandatee', 'constructor', 'toString'])('FAC-001 refuses the status %j', (to) =>
    given(available).when(set(to)).refused('FAC-001'),
  );

  it.each(['SUSPENDUE', 'REJETEE'])('R25 FAC-003 refuses %s without a reason', (to) =>
    given(available).when(set(to)).refused('FAC-003'),
  );

  it.each([
    ['SUSPENDUE', 'DOUBLON'],
    ['REJETEE', 'JUSTIF_ABS'],
    ['MANDATEE', 'AUTRE'],
    ['REJETEE', 'n’importe quoi'],
  ])('R25 FAC-004 refuses %s for the reason %s', (to, reason) =>
    given(available).when(set(to, { reason })).refused('FAC-004'),
  );

  it('R25 FAC-005 refuses "another reason" that says nothing', () =>
    given(available)
      .when(set('REJETEE', { reason: 'AUTRE' }))
      .refused('FAC-005'));

  it.each<[InvoiceStatus, string]>([
    ['MISE_EN_PAIEMENT', 'REJETEE'],
    ['MISE_EN_PAIEMENT', 'MANDATEE'],
    ['REJETEE', 'MANDATEE'],
    ['COMPTABILISEE', 'SERVICE_FAIT'],
    ['MANDATEE', 'A_RECYCLER'],
    ['SUSPENDUE', 'MANDATEE'],
  ])('R25 FAC-002 refuses to go from %s to %s', (from, to) =>
    given(available, changed('MISE_A_DISPOSITION', from))
      .when(set(to, { reason: 'AUTRE', comment: 'x' }))
      .refused('FAC-002'),
  );

  it('R25 FAC-002 refuses the status that it has already', () =>
    given(available).when(set('MISE_A_DISPOSITION')).refused('FAC-002'));

  it.each(['issuer', 'validator', 'system'] as const)('R25 FAC-002 refuses what is not for the %s to say', (by) =>
    given(available).when(set('MANDATEE', { by })).refused('FAC-002'),
  );

  it('R26 FAC-002 refuses to recycle by setting a status', () =>
    given(available, changed('MISE_A_DISPOSITION', 'A_RECYCLER'))
      .when(set('MISE_A_DISPOSITION', { by: 'issuer' }))
      .refused('FAC-002'));

  describe('by the historic behaviour', () => {
    it.each<[InvoiceStatus, InvoiceStatus]>([
      ['MISE_EN_PAIEMENT', 'MANDATEE'],
      ['REJETEE', 'MISE_A_DISPOSITION'],
      ['COMPTABILISEE', 'SERVICE_FAIT'],
      ['MISE_A_DISPOSITION', 'MISE_A_DISPOSITION'],
    ])('R25 a recipient goes from %s to %s', (from, to) =>
      given(available, changed('MISE_A_DISPOSITION', from))
        .when(set(to, {}, 'historic'))
        .then(changed(from, to)),
    );

    it('R25 a reason stays required', () =>
      given(available)
        .when(set('REJETEE', {}, 'historic'))
        .refused('FAC-003'));

    it('R27 a recipient still cannot touch what is being validated', () =>
      given(toValidate)
        .when(set('MANDATEE', {}, 'historic'))
        .refused('FAC-002'));
  });
});

describe('validation by the holder of the contract', () => {
  const by = 'validator' as const;

  it('R27 a validated invoice goes to the public structure by itself', () =>
    given(toValidate)
      .when(set('VALIDEE_1', { by, comment: 'Conforme' }))
      .then(
        changed('A_VALIDER_1', 'VALIDEE_1', by, { comment: 'Conforme' }),
        changed('VALIDEE_1', 'MISE_A_DISPOSITION', 'system'),
      ));

  it('R27 a first validator who is not the holder names the second', () =>
    given(toValidate)
      .when(set('VALIDEE_1', { by, secondValidator: mandatary }))
      .then(
        changed('A_VALIDER_1', 'VALIDEE_1', by, { secondValidator: mandatary }),
        changed('VALIDEE_1', 'A_VALIDER_2', 'system', {
          invoice: { ...reference, validator: mandatary.identifier },
        }),
      ));

  it('R27 the second validator lets it go on', () =>
    given(toValidate, changed('VALIDEE_1', 'A_VALIDER_2', 'system'))
      .when(set('VALIDEE_2', { by }))
      .then(changed('A_VALIDER_2', 'VALIDEE_2', by), changed('VALIDEE_2', 'MISE_A_DISPOSITION', 'system')));

  it('R27 a refusal needs a reason and ends there', () => {
    given(toValidate).when(set('REFUSEE_1', { by })).refused('FAC-003');
    given(toValidate)
      .when(set('REFUSEE_1', { by, reason: 'TRANSAC_INC' }))
      .then(changed('A_VALIDER_1', 'REFUSEE_1', by, { reason: 'TRANSAC_INC' }));
  });

  it('R27 without an answer in time, the invoice goes on and says so', () =>
    given(toValidate)
      .when(passValidationDeadline)
      .then(
        changed('A_VALIDER_1', 'ABSENCE_VALIDATION_1_HORS_DELAI', 'system'),
        changed('ABSENCE_VALIDATION_1_HORS_DELAI', 'MISE_A_DISPOSITION', 'system'),
      ));

  it('R27 the deadline of what was validated meanwhile changes nothing', () =>
    given(available).when(passValidationDeadline).then());

  it('R27 the issuer names another validator in the place of a wrong one', () => {
    const wrong = changed('A_VALIDER_1', 'ERREUR_FOURNISSEUR_SUR_VALIDEUR', by, { reason: 'ERR_VALIDEUR' });
    const correct =
      (to = mandatary) =>
      (invoice: Invoice) =>
        correctValidator(invoice, { validator: to, comment: null });
    given(toValidate, wrong)
      .when(correct())
      .then({
        type: 'InvoiceValidatorCorrected',
        data: { invoice: { ...reference, validator: mandatary.identifier }, validator: mandatary, comment: null },
      });
    given(toValidate, wrong).when(correct(validator)).refused('FAC-006');
    given(toValidate).when(correct()).refused('FAC-002');
    given().when(correct()).refused('FAC-404');
  });
});

describe('recycleInvoice', () => {
  const toRecycle = changed('MISE_A_DISPOSITION', 'A_RECYCLER');
  const right = { recipient: { identifier: '13002526500013', name: null }, serviceCode: null, commitmentNumber: null };
  const unchanged = {
    recipient: available.data.recipient,
    serviceCode: available.data.serviceCode,
    commitmentNumber: available.data.commitmentNumber,
  };
  const recycle = (to: Parameters<typeof recycleInvoice>[1] | typeof right = right) => {
    return (invoice: Invoice) => recycleInvoice(invoice, { comment: null, ...to });
  };

  it('R26 sends the invoice to the right recipient, and it is available there', () => {
    const recycled: InvoiceEvent = {
      type: 'InvoiceRecycled',
      data: {
        invoice: { ...reference, recipient: '13002526500013', serviceCode: null },
        formerRecipient: available.data.recipient,
        ...right,
        comment: null,
      },
    };
    given(available, toRecycle).when(recycle()).then(recycled);
    expect([available, toRecycle, recycled].reduce(evolveInvoice, noInvoice)).toMatchObject({
      status: 'MISE_A_DISPOSITION',
      ...right,
      number: available.data.number,
      issuer: available.data.issuer,
    });
  });

  it('R26 FAC-006 refuses when nothing changes', () =>
    given(available, toRecycle)
      .when(recycle({ ...unchanged, comment: 'x' }))
      .refused('FAC-006'));
  it('R26 FAC-002 refuses in any other status', () => given(available).when(recycle()).refused('FAC-002'));
  it('R26 FAC-404 refuses what does not exist', () => given().when(recycle()).refused('FAC-404'));
});

describe('completeInvoice', () => {
  const suspended = changed('MISE_A_DISPOSITION', 'SUSPENDUE', 'recipient', { reason: 'JUSTIF_ABS' });
  const data = { comment: 'Voici le bon de livraison', supportingDocuments: [] };

  it('R25 completes a suspended invoice, which the recipient then processes', () => {
    given(available, suspended)
      .when((invoice) => completeInvoice(invoice, data))
      .then({ type: 'InvoiceCompleted', data: { invoice: reference, ...data } });
    given(available, suspended, { type: 'InvoiceCompleted', data: { invoice: reference, ...data } })
      .when(set('MANDATEE'))
      .then(changed('COMPLETEE', 'MANDATEE'));
  });

  it('R25 FAC-007 refuses to complete with nothing', () =>
    given(available, suspended)
      .when((invoice) => completeInvoice(invoice, { comment: null, supportingDocuments: [] }))
      .refused('FAC-007'));

  it('R25 FAC-002 refuses in any other status', () =>
    given(available)
      .when((invoice) => completeInvoice(invoice, data))
      .refused('FAC-002'));

  it('R25 FAC-404 refuses what does not exist', () =>
    given()
      .when((invoice) => completeInvoice(invoice, data))
      .refused('FAC-404'));
});

describe('acknowledgeRejection', () => {
  const rejected = changed('MISE_A_DISPOSITION', 'REJETEE', 'recipient', { reason: 'DOUBLON' });
  const acknowledged: InvoiceEvent = { type: 'RejectionAcknowledged', data: { invoice: reference } };

  it('R25 takes note once; the status stays', () => {
    given(available, rejected).when(acknowledgeRejection).then(acknowledged);
    given(available, rejected, acknowledged).when(acknowledgeRejection).then();
  });

  it('R25 FAC-002 refuses what was not rejected', () => given(available).when(acknowledgeRejection).refused('FAC-002'));
  it('R25 FAC-404 refuses what does not exist', () => given().when(acknowledgeRejection).refused('FAC-404'));
});
