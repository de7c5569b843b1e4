import fc from 'fast-check';
import { INVOICE_STATUS_CODES, INVOICE_STATUSES, STATUS_REASONS, type IdentifierType } from '#domain';
import { XmlDocument, XsdValidator, type XmlElement } from 'libxml2-wasm';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cppInvoiceStatuses, invoiceStatusesName, isWritten, type InvoiceStatusNews } from './cpp-invoice-statuses.js';
import { NEWS } from './testing/status-news.js';

const fileOf = (statuses: readonly InvoiceStatusNews[]): string | null =>
  cppInvoiceStatuses({ applicationCode: 'ABC123', sequence: 42, producedAt: '2026-09-14T20:06:00.000Z', statuses });

/** Reads a file strictly and gives its leaves and attributes as `path: text`, in the order of the document. */
function leavesOf(statuses: readonly InvoiceStatusNews[], under = ''): string[] {
  using document = XmlDocument.fromString(fileOf(statuses) ?? '');
  const leaves: string[] = [];
  const visit = (node: XmlElement, path: string): void => {
    for (const attribute of node.attrs) leaves.push(`${path}@${attribute.name}: ${attribute.value}`);
    const children = node.find('*') as XmlElement[];
    if (children.length === 0) leaves.push(`${path}: ${node.content}`);
    for (const child of children) visit(child, `${path}/${child.name}`.replace(/^\/CPPStatut/, ''));
  };
  visit(document.root, '');
  return leaves.filter((leaf) => leaf.startsWith(under)).map((leaf) => leaf.slice(under.length));
}

const ENVELOPE = '/Enveloppe/EnveloppeUnitaire';
const UNIT = '/CPPFactureStatuts/CPPFactureStatutUnitaire';
const dataOf = (change: Partial<InvoiceStatusNews>) => leavesOf([{ ...NEWS, ...change }], `${UNIT}/DonneesStatut/`);

describe('R25 R48 the file of invoice statuses', () => {
  it('has the elements of CPPStatut in their order', () => {
    expect(leavesOf([NEWS, { ...NEWS, status: 'MANDATEE', reason: null, comment: null, paymentOrder: 'M-7' }])).toEqual(
      [
        '@Version: 1.19',
        `${ENVELOPE}@NumOrdre: 1`,
        `${ENVELOPE}/Parametres/ParametreIndiv@NumOrdre: 0001`,
        `${ENVELOPE}/Parametres/ParametreIndiv/Code: DtPrd`,
        `${ENVELOPE}/Parametres/ParametreIndiv/Valeurparametre: 2026-09-14T20:06:00.000Z`,
        `${ENVELOPE}/Parametres/ParametreIndiv@NumOrdre: 0002`,
        `${ENVELOPE}/Parametres/ParametreIndiv/Code: IdFlx`,
        `${ENVELOPE}/Parametres/ParametreIndiv/Valeurparametre: ABC1231200000000000000042`,
        `${ENVELOPE}/Partenaires/Recepteur/Id: ABC123`,
        `${ENVELOPE}/Partenaires/Emetteur/Id: REPONS`,
        `${ENVELOPE}/Partenaires/Emetteur/Libelle: Répons`,
        '/CPPFactureStatuts@compteur: 2',
        `${UNIT}@NumOrdre: 1`,
        `${UNIT}/Fournisseur/TypeIdentifiant: 1`,
        `${UNIT}/Fournisseur/Identifiant: 55208131766522`,
        `${UNIT}/Fournisseur/RaisonSociale: Fournisseur & fils`,
        `${UNIT}/Debiteur/TypeIdentifiant: 1`,
        `${UNIT}/Debiteur/Identifiant: 11000201100044`,
        `${UNIT}/Debiteur/CodeService: COMPTA`,
        `${UNIT}/DonneesStatut/IdStatut: 06`,
        `${UNIT}/DonneesStatut/ComplementStatut: Pièce justificative absente ou insuffisa`,
        `${UNIT}/DonneesStatut/Commentaire: ${STATUS_REASONS.JUSTIF_ABS} : Joindre le bon <signé>`,
        `${UNIT}/DonneesStatut/Horodatage: 2026-09-14T20:05:00.000Z`,
        `${UNIT}/DonneesStatut/IdFacture: F2026-001`,
        `${UNIT}/DonneesStatut/DateFacture: 2026-09-01`,
        `${UNIT}@NumOrdre: 2`,
        `${UNIT}/Fournisseur/TypeIdentifiant: 1`,
        `${UNIT}/Fournisseur/Identifiant: 55208131766522`,
        `${UNIT}/Fournisseur/RaisonSociale: Fournisseur & fils`,
        `${UNIT}/Debiteur/TypeIdentifiant: 1`,
        `${UNIT}/Debiteur/Identifiant: 11000201100044`,
        `${UNIT}/Debiteur/CodeService: COMPTA`,
        `${UNIT}/DonneesStatut/IdStatut: 08`,
        `${UNIT}/DonneesStatut/ComplementStatut: Mandatée`,
        `${UNIT}/DonneesStatut/Horodatage: 2026-09-14T20:05:00.000Z`,
        `${UNIT}/DonneesStatut/IdFacture: F2026-001`,
        `${UNIT}/DonneesStatut/DateFacture: 2026-09-01`,
        `${UNIT}/DonneesStatut/IdMandatDP: M-7`,
      ],
    );
  });

  it.each(INVOICE_STATUS_CODES)('writes %s if it has a code, and never anything else in its place', (status) => {
    const { cppStatut } = INVOICE_STATUSES[status];
    expect(isWritten({ ...NEWS, status })).toBe(cppStatut !== null);
    if (cppStatut === null) expect(fileOf([{ ...NEWS, status }])).toBeNull();
    else expect(dataOf({ status })).toContain(`IdStatut: ${cppStatut}`);
    expect(leavesOf([NEWS, { ...NEWS, status }])).toContain(
      `/CPPFactureStatuts@compteur: ${cppStatut === null ? 1 : 2}`,
    );
  });

  it('leaves out a status whose recipient the schema has no place for, and what there is nothing to say of', () => {
    expect(fileOf([{ ...NEWS, recipient: '110002011' }])).toBeNull();
    expect(dataOf({ reason: null, comment: '', issueDate: '01/09/2026', paymentOrder: '' })).toEqual([
      'IdStatut: 06',
      'ComplementStatut: Suspendue',
      'Horodatage: 2026-09-14T20:05:00.000Z',
      'IdFacture: F2026-001',
    ]);
    expect(leavesOf([{ ...NEWS, serviceCode: null }]).some((leaf) => leaf.includes('CodeService'))).toBe(false);
    expect(fileOf([])).toBeNull();
  });

  it('tells a short reason in its own element alone', () => {
    const data = dataOf({ status: 'REJETEE', reason: 'EMMET_INC' });
    expect(data).toContain('ComplementStatut: Émetteur inconnu');
    expect(data).toContain('Commentaire: Joindre le bon <signé>');
  });

  it.each<[IdentifierType, string, string, string | null]>([
    ['SIRET', '55208131766522', '1', null],
    ['EU_VAT', 'DE123456789', '2', 'DE'],
    ['EU_VAT', 'EL123456789', '2', 'GR'],
    ['OUTSIDE_EU', 'CHFOURNISSEUR SA', '3', 'CH'],
    ['RIDET', '123456789A', '4', null],
    ['TAHITI', '123456789', '5', null],
    ['BEING_REGISTERED', 'FR EN COURS', '6', null],
    ['PRIVATE_PERSON', '1234567890', '7', null],
  ])('names an issuer identified by %s (%s) with the code %s', (issuerType, identifier, code, country) => {
    const leaves = leavesOf([{ ...NEWS, issuerType, issuer: { identifier, name: null } }], `${UNIT}/Fournisseur/`);
    expect(leaves).toEqual([
      `TypeIdentifiant: ${code}`,
      `Identifiant: ${identifier}`,
      `RaisonSociale: ${identifier}`,
      ...(country === null ? [] : [`CodePays: ${country}`]),
    ]);
  });

  it('stays well-formed, within its lengths, and keeps what XML 1.0 permits, whatever people wrote', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: fc.constantFrom(...'<>&"\']]>\0\u0008\ufffe\ud800a\n'.split('')), minLength: 1 }),
      fc.string({ unit: fc.constantFrom('é', '😀', 'a'), minLength: 90, maxLength: 130 }),
    );
    fc.assert(
      fc.property(anyText, anyText, anyText, (comment, number, serviceCode) => {
        const text = fileOf([{ ...NEWS, status: 'REJETEE', reason: 'AUTRE', comment, number, serviceCode }]) ?? '';
        using document = XmlDocument.fromString(text);
        const valueOf = (name: string): string => (document.get(`//${name}`) as XmlElement).content;
        expect(valueOf('Commentaire')).toBe(asRead(comment));
        expect(valueOf('IdFacture')).toBe(asRead(number));
        expect(valueOf('CodeService')).toBe(asRead([...serviceCode].slice(0, 100).join('')));
        expect([...valueOf('ComplementStatut')].length).toBeLessThanOrEqual(40);
      }),
      { numRuns: 300 },
    );
  });

  it('names a file by the convention of flows', () => {
    const name = invoiceStatusesName({ applicationCode: 'ABC123', sequence: 42 });
    expect(name).toBe('FEN1200A_ABC123_ABC1231200000000000000042');
    expect(name).toHaveLength(41);
  });

  it.each(['', 'AB', 'ABCDEFGHI', 'AB<C'])('refuses the application code %j', (applicationCode) => {
    const file = { applicationCode, sequence: 1, producedAt: '2026-09-14T20:06:00.000Z', statuses: [NEWS] };
    expect(() => cppInvoiceStatuses(file)).toThrow(RangeError);
  });

  const schema = fileURLToPath(
    new URL('../../../../../shared/data/xsd/cpp-statut/CPPStatutPivot_V1_19.xsd', import.meta.url),
  );
  if (existsSync(schema)) {
    it('is valid against the published schema, every status of it', () => {
      const statuses = INVOICE_STATUS_CODES.map((status) => ({ ...NEWS, status, paymentOrder: 'M-7' }));
      using rules = XmlDocument.fromBuffer(readFileSync(schema));
      using validator = XsdValidator.fromDoc(rules);
      using document = XmlDocument.fromString(fileOf(statuses) ?? '');
      expect(() => validator.validate(document)).not.toThrow();
    });
  }
});

/** What a strict reader finds: a replacement for what XML 1.0 forbids, every end of line as a line feed (2.11). */
function asRead(text: string): string {
  const kept = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    const isPermitted =
      code === 9 || code === 10 || code === 13 || (code >= 0x20 && code < 0xd800) || (code > 0xdfff && code < 0xfffe);
    return isPermitted || code > 0xffff ? character : '\u{fffd}';
  });
  return kept.join('').replace(/\r\n?/g, '\n');
}
