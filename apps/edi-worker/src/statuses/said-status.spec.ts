import { STATUS_REASONS } from '#domain';
import type { StatusUnit } from '#einvoice';
import { namedStatus, saidReason } from './said-status.js';

const cppStatut: StatusUnit = {
  syntax: 'CPPStatut',
  issuer: '55208131766522',
  invoiceNumber: 'F-1',
  invoiceDate: '2026-11-20',
  cppStatut: '06',
  afnor: null,
  reason: null,
  complement: null,
  comment: null,
  paymentOrder: null,
  since: '2026-11-20T09:00:00',
};
const cdar: StatusUnit = { ...cppStatut, syntax: 'CDAR', cppStatut: null, afnor: '204' };
const long = STATUS_REASONS.COORD_BANC_ERR;

describe('R25 the status that a file names', () => {
  it.each([
    ['Mandatée', 'MANDATEE'],
    ['Comptabilisée : le 20', 'COMPTABILISEE'],
    ['Rejetée', null],
    ['Suite', null],
    [null, null],
  ])('is told in a CDAR by the note %j: %s', (comment, status) => {
    expect(namedStatus({ ...cdar, comment }, 'A1')).toEqual({ status, cppStatut: null, afnor: '204' });
  });

  it('is told in a CPPStatut by its code alone', () => {
    expect(namedStatus({ ...cppStatut, comment: 'Mandatée' }, 'A1')).toEqual({
      status: null,
      cppStatut: '06',
      afnor: null,
    });
  });
});

describe('R25 the reason that a CPPStatut tells', () => {
  it.each([
    ['by its label', 'Référence erronée', 'le lot 2', 'REF_ERR', 'le lot 2'],
    ['by its label in capitals', 'RÉFÉRENCE ERRONÉE', null, 'REF_ERR', null],
    ['by a label that is cut', long.slice(0, 40), `${long} : le RIB`, 'COORD_BANC_ERR', 'le RIB'],
    ['by a label that is cut, and nothing else', long.slice(0, 40), long, 'COORD_BANC_ERR', null],
    ['by its code', 'JUSTIF_ABS', null, 'JUSTIF_ABS', null],
    ['by a code that is none', 'MOTIF_INCONNU', null, 'MOTIF_INCONNU', null],
    ['in words', 'Le RIB manque', 'page 2', 'AUTRE', 'Le RIB manque : page 2'],
    ['in the comment', 'Suspendue', 'Le RIB manque', 'AUTRE', 'Le RIB manque'],
    ['not at all', 'Suspendue', null, null, null],
    ['not even by the label of the status', null, null, null, null],
  ])('%s', (_, complement, comment, reason, kept) => {
    expect(saidReason({ ...cppStatut, complement, comment }, 'SUSPENDUE')).toEqual({ reason, comment: kept });
  });

  it('is none of a status that takes none, and what it says is a comment', () => {
    expect(saidReason({ ...cppStatut, complement: 'Reçu le 3' }, 'SERVICE_FAIT')).toEqual({
      reason: null,
      comment: 'Reçu le 3',
    });
  });

  it('has a comment as long as over HTTP', () => {
    expect(saidReason({ ...cppStatut, comment: 'x'.repeat(3_000) }, 'SERVICE_FAIT').comment).toHaveLength(2_000);
  });
});

describe('R25 the reason that a CDAR tells', () => {
  it('is its code, and the label of the status is no comment', () => {
    const refused = { ...cdar, afnor: '210', reason: 'AUTRE' };
    expect(saidReason({ ...refused, comment: 'Rejetée : trop tard' }, 'REJETEE')).toEqual({
      reason: 'AUTRE',
      comment: 'trop tard',
    });
    expect(saidReason({ ...refused, comment: 'Rejetée' }, 'REJETEE')).toEqual({ reason: 'AUTRE', comment: null });
  });
});
