import fc from 'fast-check';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import type { RejectLine } from '../rejects/reject-line.js';
import { cppFlowStatus, reportName, type FlowStatusReport } from './cpp-flow-status.js';

const FLOW_NAME = 'FSO1100A_ABC123_ABC1231100000000000000042';
const reason = {
  code: 'REJ_SEMAN',
  rule: 'BR-02',
  message: 'Le numéro de facture (BT-1) est absent.',
  location: '/Invoice/cbc:ID',
  line: 12,
  found: '<vide> & "rien"',
  expected: 'un numéro',
};
const LINE: RejectLine = {
  flowNumber: 'CPP0011100000000000000042',
  flowName: FLOW_NAME,
  depositedAt: '2026-09-14T20:00:00.000Z',
  channel: 'SFTP',
  sender: { identifier: '12345678200051', name: null },
  issuer: null,
  invoiceNumber: 'F2026-001',
  invoiceDate: null,
  recipientIdentifier: null,
  serviceCode: null,
  amount: null,
  currency: null,
  rank: 3,
  member: 'a.xml',
  reasons: [reason],
  supportingDocuments: [],
  resendable: true,
  rejectedAt: '2026-09-14T20:01:00.000Z',
};

async function* each(lines: Iterable<RejectLine>): AsyncGenerator<RejectLine> {
  for (const line of lines) yield await Promise.resolve(line);
}
const report = (lines: RejectLine[], changes: Partial<FlowStatusReport> = {}): FlowStatusReport => ({
  flowName: FLOW_NAME,
  flowNumber: 'CPP0011100000000000000042',
  applicationCode: 'ABC123',
  producedAt: '2026-09-14T20:05:00.000Z',
  status: lines.length === 0 ? 'integrated' : 'partly-integrated',
  integrated: 7,
  rejected: lines.length,
  lines: each(lines),
  ...changes,
});
async function textOf(given: FlowStatusReport): Promise<string> {
  const blocks: Buffer[] = [];
  for await (const block of cppFlowStatus(given)) blocks.push(block);
  return Buffer.concat(blocks).toString('utf8');
}

/** Reads a file strictly and gives its leaves and attributes as `path: text`, in the order of the document. */
async function leavesOf(given: FlowStatusReport): Promise<string[]> {
  using document = XmlDocument.fromString(await textOf(given));
  const leaves: string[] = [];
  const visit = (node: XmlElement, path: string): void => {
    for (const attribute of node.attrs) leaves.push(`${path}@${attribute.name}: ${attribute.value}`);
    const children = node.find('*') as XmlElement[];
    if (children.length === 0) leaves.push(`${path}: ${node.content}`);
    for (const child of children) visit(child, `${path}/${child.name}`.replace(/^\/CPPStatut/, ''));
  };
  visit(document.root, '');
  return leaves;
}

const ENVELOPE = '/Enveloppe/EnveloppeUnitaire';
const STATUS = '/CPPFluxStatuts/CPPFluxStatutUnitaire';

describe('R45 the return file of a flow', () => {
  it('has the elements of CPPStatut in their order', async () => {
    expect(await leavesOf(report([LINE]))).toEqual([
      '@Version: 1.19',
      `${ENVELOPE}@NumOrdre: 1`,
      `${ENVELOPE}/Parametres/ParametreIndiv@NumOrdre: 0001`,
      `${ENVELOPE}/Parametres/ParametreIndiv/Code: DtPrd`,
      `${ENVELOPE}/Parametres/ParametreIndiv/Valeurparametre: 2026-09-14T20:05:00.000Z`,
      `${ENVELOPE}/Parametres/ParametreIndiv@NumOrdre: 0002`,
      `${ENVELOPE}/Parametres/ParametreIndiv/Code: IdFlx`,
      `${ENVELOPE}/Parametres/ParametreIndiv/Valeurparametre: ABC1231100000000000000042`,
      `${ENVELOPE}/Partenaires/Recepteur/Id: ABC123`,
      `${ENVELOPE}/Partenaires/Emetteur/Id: REPONS`,
      `${ENVELOPE}/Partenaires/Emetteur/Libelle: Répons`,
      '/CPPFluxStatuts@compteur: 1',
      `${STATUS}@NumOrdre: 1`,
      `${STATUS}/DonneesStatut/IdStatut: 96`,
      `${STATUS}/DonneesStatut/ComplementStatut: Intégré partiellement`,
      `${STATUS}/DonneesStatut/Commentaire: Flux CPP0011100000000000000042 : factures intégrées : 7, factures rejetées : 1`,
      `${STATUS}/DonneesStatut/Horodatage: 2026-09-14T20:05:00.000Z`,
      `${STATUS}/DonneesStatut/IdFlux: ABC1231100000000000000042`,
      `${STATUS}/DonneesStatut/Details@NbLignesErreur: 1`,
      `${STATUS}/DonneesStatut/Details/LigneErreurDetail@IdLigne: 1`,
      `${STATUS}/DonneesStatut/Details/LigneErreurDetail/NatureErreur: FONCTIONNELLE`,
      `${STATUS}/DonneesStatut/Details/LigneErreurDetail/CodeErreur: REJ_SEMAN`,
      `${STATUS}/DonneesStatut/Details/LigneErreurDetail/LibelleErreur: Facture F2026-001 (rang 3, fichier a.xml) : Le numéro de facture (BT-1) est absent.`,
      `${STATUS}/DonneesStatut/Details/LigneErreurDetail/DescriptionErreur: BR-02, emplacement /Invoice/cbc:ID, ligne 12, trouvé « <vide> & "rien" », attendu « un numéro »`,
    ]);
  });

  it.each([
    ['integrated', '90', []],
    ['partly-integrated', '96', [LINE, LINE]],
    ['rejected', '93', [LINE, LINE]],
  ] as const)('tells %s by the code %s', async (status, code, lines) => {
    const leaves = await leavesOf(report([...lines], { status }));
    expect(leaves).toContain(`${STATUS}/DonneesStatut/IdStatut: ${code}`);
    expect(leaves.filter((leaf) => leaf.includes('LigneErreurDetail@'))).toHaveLength(lines.length);
    expect(leaves.some((leaf) => leaf.includes('/Details'))).toBe(lines.length > 0);
    const complement = leaves.find((leaf) => leaf.includes('/ComplementStatut: '))?.split(': ')[1] ?? '';
    expect(complement.length).toBeGreaterThan(0);
    expect(complement.length).toBeLessThanOrEqual(40);
  });

  it('tells of a flow rejected as a whole in one line, without an invoice', async () => {
    const whole: RejectLine = {
      ...LINE,
      rank: null,
      member: null,
      invoiceNumber: null,
      reasons: [
        { ...reason, code: 'IRR_EXTRAC', message: 'Archive illisible.', location: null, found: null, expected: null },
      ],
    };
    const leaves = await leavesOf(report([whole], { status: 'rejected', integrated: 0, rejected: 0 }));
    const line = `${STATUS}/DonneesStatut/Details/LigneErreurDetail`;
    expect(leaves).toContain(`${STATUS}/DonneesStatut/Details@NbLignesErreur: 1`);
    expect(leaves).toContain(`${line}/NatureErreur: TECHNIQUE`);
    expect(leaves).toContain(`${line}/LibelleErreur: Flux : Archive illisible.`);
  });

  it('tells every reason of an invoice', async () => {
    const other = { ...reason, rule: 'BR-03', message: 'La date manque.', location: null, found: null, expected: null };
    const text = await textOf(report([{ ...LINE, reasons: [reason, other], invoiceNumber: null, member: null }]));
    expect(text).toContain(
      'Facture sans numéro lisible (rang 3) : Le numéro de facture (BT-1) est absent. | La date manque.',
    );
    expect(text).toContain('BR-03, ligne 12<');
  });

  it('stays well-formed and keeps the text, less what XML 1.0 forbids, whatever a partner wrote', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'<>&"\']]>\0\u0008\ufffe\ud800a\n'.split('')) }),
    );
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (message, flowName) => {
        const lines = [{ ...LINE, invoiceNumber: null, rank: null, reasons: [{ ...reason, message }] }];
        const text = await textOf(report(lines, { flowName }));
        using document = XmlDocument.fromString(text);
        const label = (document.get('//LibelleErreur') as XmlElement).content;
        const allowed = [...message].filter((character) => isXmlCharacter(character)).join('');
        // A parser reads every end of line as a line feed (XML 1.0, 2.11).
        expect(label).toBe(`Flux : ${allowed}`.replace(/\r\n?/g, '\n'));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['', 'AB', 'ABCDEFGHI', 'AB<C'])('refuses the application code %j', async (applicationCode) => {
    await expect(textOf(report([LINE], { applicationCode }))).rejects.toThrow(RangeError);
  });

  it.each([0, 2])('does not say %d rejects before one line', async (rejected) => {
    await expect(textOf(report([LINE], { rejected }))).rejects.toThrow('1 error lines');
  });

  it('comes in blocks while its 100,000 lines are made', async () => {
    const count = 100_000;
    let [made, seen, behind] = [0, 0, 0];
    const many = async function* () {
      for (made = 0; made < count; made++) yield await Promise.resolve(LINE);
    };
    for await (const block of cppFlowStatus(
      report([], { status: 'partly-integrated', rejected: count, lines: many() }),
    )) {
      seen += block.toString('latin1').split('</LigneErreurDetail>').length - 1;
      behind = Math.max(behind, made - seen);
    }
    expect(seen).toBe(count);
    expect(behind).toBeLessThan(1_000);
  }, 120_000);
});

/** The production Char of XML 1.0 (2.2), written another way than in the unit. */
function isXmlCharacter(character: string): boolean {
  const point = character.codePointAt(0) as number;
  if (point < 0x20) return point === 0x9 || point === 0xa || point === 0xd;
  return !(point >= 0xd800 && point <= 0xdfff) && point !== 0xfffe && point !== 0xffff;
}

describe('reportName', () => {
  it.each([
    [FLOW_NAME, 'CSO1100A_ABC123_ABC1231100000000000000042'],
    ['FSO1116A_JMRPOR_JMRPOR1116000000179.xml', 'CSO1116A_JMRPOR_JMRPOR1116000000179.xml'],
  ])('turns the leading F of %s into C', (flowName, name) => {
    expect(reportName(flowName, 'CPP1')).toBe(name);
  });

  it('is safe for any name, and tells flows apart by their number', () => {
    const anyText = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(anyText, anyText, anyText, (flowName, one, other) => {
        const name = reportName(flowName, one);
        expect(name).toMatch(/^C[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/);
        expect(name).not.toContain('..');
        if (one !== other) expect(reportName(flowName, other)).not.toBe(name);
      }),
    );
    for (const flowName of ['FSO1100A_../../x', 'F'.repeat(5000), 'FSO1100A_a/b', 'FSO1100A_a\n', 'factures.xml']) {
      expect(reportName(flowName, 'CPP0011100000000000000042')).toBe('CR_CPP0011100000000000000042');
    }
  });
});
