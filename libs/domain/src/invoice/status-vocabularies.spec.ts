import { afnorCodeOf, INVOICE_STATUS_CODES, INVOICE_STATUSES, type InvoiceStatus } from './invoice-statuses.js';
import { statusMeant, type NamedStatus } from './status-vocabularies.js';

const none: NamedStatus = { status: null, cppStatut: null, afnor: null };
const meant = (named: Partial<NamedStatus>, status: InvoiceStatus = 'MISE_A_DISPOSITION', billingFrame = 'A1') =>
  statusMeant({ ...none, ...named }, { status, billingFrame });

describe('statusMeant', () => {
  it('R25 knows every status by its own code, by its CPPStatut code, and by all its codes together', () => {
    for (const status of INVOICE_STATUS_CODES) {
      const { cppStatut } = INVOICE_STATUSES[status];
      expect(meant({ status })).toBe(status);
      if (cppStatut !== null) expect(meant({ cppStatut })).toBe(status);
      expect(meant({ status, cppStatut, afnor: afnorCodeOf(status, 'A1') })).toBe(status);
    }
  });

  it.each([
    ['203', 'MISE_A_DISPOSITION'],
    ['204', 'SERVICE_FAIT'],
    ['208', 'SUSPENDUE'],
    ['209', 'COMPLETEE'],
    ['210', 'REJETEE'],
    ['211', 'MISE_EN_PAIEMENT'],
  ] as const)('R25 takes the AFNOR code %s of a recipient for %s', (afnor, status) => {
    expect(meant({ afnor })).toBe(status);
  });

  it.each([
    ['204', '08', 'MANDATEE'],
    ['210', '04', 'A_RECYCLER'],
  ] as const)(
    'R25 a CPPStatut code says which of those the AFNOR code %s stands for: %s',
    (afnor, cppStatut, status) => {
      expect(meant({ afnor, cppStatut })).toBe(status);
    },
  );

  it.each([
    ['A9', 'A_VALIDER_1', '205', 'VALIDEE_1'],
    ['A9', 'A_VALIDER_2', '205', 'VALIDEE_2'],
    ['A9', 'A_VALIDER_1', '206', 'REFUSEE_1'],
    ['S3', 'A_VALIDER_2', '206', 'REFUSEE_2'],
    ['A12', 'A_VALIDER_1', '214', 'VALIDEE_1'],
    ['A12', 'A_VALIDER_1', '210', 'REFUSEE_1'],
    ['S6', 'A_VALIDER_2', '205', 'VALIDEE_2'],
    ['A12', 'MISE_A_DISPOSITION', '210', 'REJETEE'],
  ] as const)('R27 on an invoice %s that is %s takes %s for %s', (frame, status, afnor, expected) => {
    expect(meant({ afnor }, status, frame)).toBe(expected);
  });

  it.each([
    [{}, 'FAC-001', 'Donnez le statut'],
    [{ status: 'SUSPENDU' }, 'FAC-001', 'Le statut « SUSPENDU »'],
    [{ cppStatut: '99' }, 'FAC-001', 'Le code CPPStatut « 99 »'],
    [{ cppStatut: '6' }, 'FAC-001', 'Le code CPPStatut « 6 »'],
    [{ afnor: '212' }, 'FAC-001', 'Le code AFNOR « 212 »'],
    [{ afnor: '205' }, 'FAC-001', 'Le code AFNOR « 205 »'],
    [{ status: 'SUSPENDUE', cppStatut: '05' }, 'FAC-008', 'le code CPPStatut « 05 »'],
    [{ status: 'SUSPENDUE', afnor: '210' }, 'FAC-008', 'le code AFNOR « 210 »'],
    [{ cppStatut: '06', afnor: '204' }, 'FAC-008', 'le code CPPStatut « 06 »'],
  ])('R25 refuses %j as %s', (named, code, said) => {
    const refusal = meant(named);
    expect(refusal).toMatchObject({ accepted: false, code });
    expect(refusal).toMatchObject({ message: expect.stringContaining(said) as string });
  });
});
