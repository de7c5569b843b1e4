import { ParseOption, XmlDocument, XmlValidateError, XsdValidator, XmlElement } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { afnorCodeOf, INVOICE_STATUS_CODES, REASONS_OF_STATUS, type StatusReason } from '#domain';
import { readStatus } from '#einvoice';
import { cdarMessage, hasCdarMessage } from './cdar-message.js';
import { cdarStatuses, cdarStatusesName } from './cdar-statuses.js';
import type { InvoiceStatusNews } from './cpp-invoice-statuses.js';
import { NEWS } from './testing/status-news.js';

const producedAt = '2026-09-14T20:06:00.000Z';
const written = (news: Partial<InvoiceStatusNews> = {}): string =>
  cdarMessage({ id: 'FEN1204A_ABC123_ABC1231204000000000000042_0001', producedAt, news: { ...NEWS, ...news } });
const read = (text: string) => readStatus(Buffer.from(text), { kind: 'xml', context: null });

/** Every status with every reason that it may have, under the frames that change its AFNOR code. */
const everything = INVOICE_STATUS_CODES.flatMap((status) =>
  ['A1', 'A9', 'A12'].flatMap((billingFrame) =>
    [null, ...(REASONS_OF_STATUS[status] ?? [])].map((reason) => ({ status, billingFrame, reason })),
  ),
)
  .map((told): InvoiceStatusNews => ({ ...NEWS, ...told, validator: '39860733300059' }))
  .filter(hasCdarMessage);

/** Leaves of a message as `path: text`, with the attributes; below the two namespaces, by local names. */
function leavesOf(text: string): string[] {
  using document = XmlDocument.fromString(text);
  const leaves: string[] = [];
  const visit = (node: XmlElement, path: string): void => {
    const attributes = node.attrs.map(({ name, value }) => `[${name}=${value}]`).join('');
    const children = node.find('*') as XmlElement[];
    if (children.length === 0) leaves.push(`${path}${attributes}: ${node.content}`);
    for (const child of children) visit(child, `${path}/${child.name}`);
  };
  visit(document.root, '');
  return leaves;
}

describe('R25 a status in CDAR', () => {
  it('has the elements of the French profile in their order', () => {
    const reference = '/AcknowledgementDocument/ReferenceReferencedDocument';
    expect(leavesOf(written())).toEqual([
      '/ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID: REGULATED',
      '/ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID: urn.cpro.gouv.fr:1p0:CDV:invoice',
      '/ExchangedDocument/ID: FEN1204A_ABC123_ABC1231204000000000000042_0001',
      '/ExchangedDocument/Name: F2026-001_CDV-208_Suspendue',
      '/ExchangedDocument/IssueDateTime/DateTimeString[format=204]: 20260914220600',
      '/ExchangedDocument/SenderTradeParty/GlobalID[schemeID=0238]: 9999',
      '/ExchangedDocument/SenderTradeParty/RoleCode: WK',
      '/ExchangedDocument/IssuerTradeParty/GlobalID[schemeID=0002]: 110002011',
      '/ExchangedDocument/IssuerTradeParty/GlobalID[schemeID=0009]: 11000201100044',
      '/ExchangedDocument/IssuerTradeParty/RoleCode: BY',
      '/ExchangedDocument/RecipientTradeParty/GlobalID[schemeID=0002]: 552081317',
      '/ExchangedDocument/RecipientTradeParty/GlobalID[schemeID=0009]: 55208131766522',
      '/ExchangedDocument/RecipientTradeParty/Name: Fournisseur & fils',
      '/ExchangedDocument/RecipientTradeParty/RoleCode: SE',
      '/ExchangedDocument/RecipientTradeParty/URIUniversalCommunication/URIID[schemeID=0225]: 552081317',
      '/AcknowledgementDocument/MultipleReferencesIndicator/Indicator: false',
      '/AcknowledgementDocument/TypeCode: 23',
      '/AcknowledgementDocument/IssueDateTime/DateTimeString[format=204]: 20260914220500',
      `${reference}/IssuerAssignedID: F2026-001`,
      `${reference}/StatusCode: 39`,
      `${reference}/TypeCode: 380`,
      `${reference}/ReceiptDateTime/DateTimeString[format=204]: 20260902100000`,
      `${reference}/FormattedIssueDateTime/DateTimeString[format=102]: 20260901`,
      `${reference}/ProcessConditionCode: 208`,
      `${reference}/ProcessCondition: Suspendue`,
      `${reference}/IssuerTradeParty/GlobalID[schemeID=0002]: 552081317`,
      `${reference}/IssuerTradeParty/GlobalID[schemeID=0009]: 55208131766522`,
      `${reference}/IssuerTradeParty/Name: Fournisseur & fils`,
      `${reference}/IssuerTradeParty/RoleCode: SE`,
      `${reference}/RecipientTradeParty/GlobalID[schemeID=0002]: 110002011`,
      `${reference}/RecipientTradeParty/GlobalID[schemeID=0009]: 11000201100044`,
      `${reference}/RecipientTradeParty/RoleCode: BY`,
      `${reference}/SpecifiedDocumentStatus/ReasonCode: JUSTIF_ABS`,
      `${reference}/SpecifiedDocumentStatus/Reason: Pièce justificative absente ou insuffisante`,
      `${reference}/SpecifiedDocumentStatus/SequenceNumeric: 1`,
      `${reference}/SpecifiedDocumentStatus/IncludedNote/Content: Joindre le bon <signé>`,
    ]);
  });

  it('breaks no rule of the French profile, whatever the status, the reason and the frame', () => {
    expect(everything.length).toBeGreaterThan(80);
    for (const news of everything) {
      const { unit, findings } = read(written(news));
      expect(findings).toEqual([]);
      expect(unit).toMatchObject({
        invoiceNumber: 'F2026-001',
        invoiceDate: '2026-09-01',
        afnor: afnorCodeOf(news.status, news.billingFrame),
        since: '2026-09-14T22:05:00',
      });
    }
  });

  it.each([
    ['MISE_A_DISPOSITION', [], '305', 'WK'],
    ['COMPLETEE', ['/GlobalID[schemeID=0002]: 552081317'], '23', 'SE'],
    ['VALIDEE_1', ['/GlobalID[schemeID=0009]: 39860733300059'], '23', 'SR'],
    ['MANDATEE', ['/GlobalID[schemeID=0009]: 11000201100044'], '23', 'BY'],
  ] as const)('says of %s who gave it, and in which phase', (status, ids, phase, role) => {
    const news = { status, reason: null, billingFrame: 'A9', validator: '39860733300059' };
    const leaves = leavesOf(written(news));
    const giver = '/ExchangedDocument/IssuerTradeParty';
    expect(leaves).toEqual(expect.arrayContaining([...ids.map((id) => giver + id), `${giver}/RoleCode: ${role}`]));
    expect(leaves).toContain(`/AcknowledgementDocument/TypeCode: ${phase}`);
  });

  it.each([
    ['MANDATEE', null, 'Mandatée : Joindre le bon <signé>', null],
    ['REJETEE', 'AUTRE', 'Rejetée : Joindre le bon <signé>', 'AUTRE'],
    ['A_RECYCLER', null, 'À recycler : Joindre le bon <signé>', 'DEST_ERR'],
    ['A_RECYCLER', 'SIRET_ERR', 'À recycler : Joindre le bon <signé>', 'AUTRE'],
    ['SUSPENDUE', 'CONTACT_ACHTR', 'Joindre le bon <signé>', 'JUSTIF_ABS'],
  ] as const)(
    'tells %s for %s in the words of the note, and by a reason of the profile',
    (status, reason, note, code) => {
      expect(read(written({ status, reason: reason as StatusReason | null })).unit).toMatchObject({
        comment: note,
        reason: code,
      });
    },
  );

  it.each([
    ['EU_VAT', 'BE0123456789', '[schemeID=0223]: BE0123456789'],
    ['RIDET', '0123456001', '[schemeID=0228]: 0123456001'],
    ['PRIVATE_PERSON', '1234567890DUPONT', '[schemeID=0226]: 1234567890DUPONT'],
    ['BEING_REGISTERED', 'EN-COURS-1', ': EN-COURS-1'],
  ] as const)('names a supplier known by %s, and one without a name or type', (issuerType, identifier, said) => {
    const text = written({ issuer: { identifier, name: null }, issuerType, typeCode: '326' });
    const leaves = leavesOf(text);
    expect(leaves).toContain(`/ExchangedDocument/RecipientTradeParty/GlobalID${said}`);
    expect(leaves).toContain(`/ExchangedDocument/RecipientTradeParty/URIUniversalCommunication/URIID${said}`);
    expect(leaves.join('\n')).not.toMatch(/RecipientTradeParty\/Name|ReferencedDocument\/TypeCode/);
    expect(read(text).findings).toEqual([]);
  });

  it('does not exist for what has no AFNOR code, or no date', () => {
    expect(hasCdarMessage({ ...NEWS, status: 'A_VALIDER_1' })).toBe(false);
    expect(hasCdarMessage({ ...NEWS, issueDate: '20260901' })).toBe(false);
    expect(() => written({ status: 'VALIDEE_1' })).toThrow(RangeError);
  });
});

describe('R25 R48 a file of statuses in CDAR', () => {
  const file = (...statuses: InvoiceStatusNews[]) => ({
    applicationCode: 'ABC123',
    sequence: 42,
    producedAt,
    statuses,
  });
  const name = 'FEN1204A_ABC123_ABC1231204000000000000042';

  it('is named by the convention of flows', () => {
    expect(cdarStatusesName(file())).toBe(name);
  });

  it('is one message when there is one status to tell, and nothing when there is none', async () => {
    const silent: InvoiceStatusNews = { ...NEWS, status: 'A_VALIDER_1', reason: null };
    expect(await cdarStatuses(file(silent))).toBeNull();
    const alone = await cdarStatuses(file(silent, NEWS));
    expect(read(alone?.toString('utf8') ?? '').unit).toMatchObject({ invoiceNumber: 'F2026-001', afnor: '208' });
  });

  it('is one archive of a message for each when there are several, in their order, the same bytes each time', async () => {
    const several = file(NEWS, { ...NEWS, number: 'F2026-002' }, { ...NEWS, number: 'F2026-003' });
    const bytes = (await cdarStatuses(several)) ?? Buffer.alloc(0);
    expect(await cdarStatuses(several)).toEqual(bytes);
    const members: [string, string][] = [];
    const archive = extract();
    Readable.from([bytes]).pipe(createGunzip()).pipe(archive);
    for await (const entry of archive) {
      let text = '';
      for await (const chunk of entry) text += String(chunk);
      members.push([entry.header.name, read(text).unit?.invoiceNumber ?? '']);
    }
    expect(members).toEqual([1, 2, 3].map((rank) => [`${name}_000${rank}.xml`, `F2026-00${rank}`]));
  });
});

const SCHEMA = '../shared/data/xsd/cdar-d22b/CrossDomainAcknowledgementAndResponse_100pD22B.xsd';
if (existsSync(SCHEMA))
  describe('R25 the published schema of CDAR D22B', () => {
    let validator: XsdValidator;

    beforeAll(() => {
      xmlRegisterFsInputProviders();
      const schema = XmlDocument.fromBuffer(readFileSync(SCHEMA), {
        url: resolve(SCHEMA),
        option: ParseOption.XML_PARSE_NONET,
      });
      validator = XsdValidator.fromDoc(schema);
      schema.dispose();
    });

    afterAll(() => {
      validator.dispose();
    });

    const faultsOf = (text: string): string[] => {
      using document = XmlDocument.fromString(text);
      try {
        validator.validate(document);
        return [];
      } catch (error) {
        if (!(error instanceof XmlValidateError)) throw error;
        return error.details.map(({ message }) => message.trim());
      }
    };

    it('accepts every status, reason and frame', () => {
      for (const news of everything) expect(faultsOf(written(news))).toEqual([]);
    });

    it('refuses what is not in its order', () => {
      expect(
        faultsOf(
          written().replace(
            /<ram:SequenceNumeric>1<\/ram:SequenceNumeric>(.*)(<\/ram:Specified)/,
            '$1<ram:ReasonCode>X</ram:ReasonCode>$2',
          ),
        ),
      ).not.toEqual([]);
    });
  });

const EXAMPLES = '../shared/data/cdar';
if (existsSync(EXAMPLES))
  describe('R25 the official examples of CDAR', () => {
    it.each(readdirSync(EXAMPLES).filter((one) => !one.includes('PPF') && !/-(200|207)_/.test(one)))(
      '%s names its elements as we do',
      (name) => {
        // What tells amounts paid is not ours to tell, and events name a recipient by its identifier alone.
        const pathsOf = (text: string): Set<string> =>
          new Set(leavesOf(text).map((leaf) => leaf.replace(/[[:].*/, '')));
        const theirs = [...pathsOf(readFileSync(join(EXAMPLES, name), 'utf8').replace(/^\ufeff/, ''))].filter(
          (path) => !/SpecifiedDocumentCharacteristic|^\/ExchangedDocument\/IssuerTradeParty\/Name$/.test(path),
        );
        const ours = pathsOf(written({ status: name.includes('Recue') ? 'DEPOSEE' : 'MANDATEE', reason: null }));
        expect(theirs.filter((path) => !ours.has(path))).toEqual([]);
      },
    );
  });
