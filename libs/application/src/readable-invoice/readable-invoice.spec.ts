import { openInvoice, type InvoiceModel } from '#einvoice';
import { PDFDocument } from '@cantoo/pdf-lib';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fullCii, fullUbl } from '../../../../test/support/full-documents.js';
import { readableInvoice } from './document-definition.js';
import { LINE_BOUNDS } from './lines-part.js';
import { NO_GLYPH } from './printable-text.js';
import { readableInvoicePdf } from './readable-invoice-pdf.js';

const facts = { integratedAt: '2026-11-21T09:00:00.000Z', contact: [] };
const data = fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

async function modelOf(xml: string | Buffer): Promise<InvoiceModel> {
  const opened = await openInvoice(Buffer.from(xml), { kind: 'xml' });
  if (opened.model === null) throw new Error(`not read: ${JSON.stringify(opened.findings)}`);
  return opened.model;
}

/** Every text of a document, in order. */
function textsIn(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (Array.isArray(part)) return part.flatMap(textsIn);
  if (typeof part !== 'object' || part === null) return [];
  const { text, stack, columns, table } = part as Record<string, unknown>;
  return [text, stack, columns, (table as { body?: unknown } | undefined)?.body].flatMap(textsIn);
}

async function shown(xml: string): Promise<string> {
  return textsIn(readableInvoice(await modelOf(xml), facts).content).join('\n');
}

describe('the readable form of an invoice', () => {
  it.each([
    ['UBL', fullUbl()],
    ['CII', fullCii()],
  ])('R28 holds every term that the invoice has (%s)', async (_, xml) => {
    const page = await shown(xml);
    const terms = [
      'Facture n° F-2026-1',
      'Représentation lisible de la facture n° F-2026-1, les données XML font foi.',
      ...['01/09/2026', '01/10/2026', '02/09/2026', 'EUR', 'USD', 'S1', 'SERVICE-1', 'EJ-1', 'MARCHE-1 (MARCHE)'],
      ...['F-0 du 01/08/2026', 'du 01/08/2026 au 31/08/2026', 'CDE-1', 'PROJET', 'REC-1', 'EXP-1', 'LOT-1'],
      ...['COMPTEUR (ABT)', 'COMPTE', 'urn:cen.eu:en16931:2017', 'Vendeur SARL', '81034732800017 (SIRET)'],
      ...['810347328 (SIREN)', 'FR60810347328', 'LOCAL', 'SARL au capital de 1 €', '810347328_F', '1 rue A ; Bât. B'],
      ...['69001 Lyon', 'Rhône', 'Ada, 01, a@b.fr', 'Ville de Lyon', 'Affactureur', 'Représentant', 'Agent acheteur'],
      ...['Payeur', 'Agent vendeur', 'Adressé à', 'Facturant', 'Dépôt', 'LIEU', '30/08/2026'],
      ...['Virement (30)', 'REF-1', 'FR761', 'BIC', '1234', 'ADA', 'mandat MANDAT créancier ICS', 'FR762', '30 jours'],
      ...['5,00', '50,00', '10 %', 'Remise', '3,00', 'Port', '98,00', '19,60', '20 %', 'Exonérée (E)', 'Exonéré'],
      ...['98,00 €', '117,60 €', '17,60 €', '100,00 €', '19,60 €', '21,00 USD', '0,00 €'],
      ...['PJ-1', 'a.pdf', 'LISIBLE', 'jointe à la facture', 'PJ-2', 'https://example.org/b'],
      ...['Sans objet', 'Indemnité forfaitaire pour frais de recouvrement : Indemnité 40 €'],
      ...['Câble', 'Rouge', 'réf. fournisseur : S-1', 'réf. acheteur : B-1', 'classement : 65434568', 'origine : IT'],
      ...[
        'Couleur Rouge',
        'prix brut : 52,00',
        'rabais sur prix : 1,00',
        'remise 4,00 (10 %) Remise',
        '51,00',
        'unité',
      ],
      ...['charge 2,00 Emballage', 'ligne de commande : 7', 'objet : OBJET (AWV)', 'livraison : 20/08/2026'],
      ...['facture antérieure : F-9', 'Sous-vendeur', 'montant TTC : 120,00', 'Note de ligne'],
    ];
    expect(terms.filter((term) => !page.replaceAll('\u00a0', ' ').includes(term))).toEqual([]);
  });

  it('R28 shows nothing of the status, and whom to turn to where it is told', async () => {
    const { content } = readableInvoice(await modelOf(fullUbl()), { ...facts, contact: ['Service central', 'a@b.fr'] });
    const page = textsIn(content).join('\n');
    expect(page).toContain('Service à contacter\n\nService central\n\na@b.fr');
    expect(page).not.toMatch(/mise à disposition/i);
  });

  it('R28 gives the same bytes for the same invoice, dated by when it was let in', async () => {
    const [one, other] = [
      await readableInvoicePdf(await modelOf(fullUbl()), facts),
      await readableInvoicePdf(await modelOf(fullUbl()), facts),
    ];
    expect(one.equals(other)).toBe(true);
    const pdf = await PDFDocument.load(one, { updateMetadata: false });
    expect([pdf.getPageCount(), pdf.getTitle(), pdf.getCreationDate()?.toISOString()]).toEqual([
      2,
      'Facture F-2026-1',
      facts.integratedAt,
    ]);
  });

  it('R28 says how many lines it gives of an invoice that has too many', async () => {
    const [line = ''] = /<cac:InvoiceLine>.*<\/cac:InvoiceLine>/s.exec(fullUbl()) ?? [];
    const short = line
      .replace(/<cbc:Note>.*?<\/cbc:Note>/, '')
      .replace(/<cac:Item>.*<\/cac:Item>/s, '<cac:Item><cbc:Name>Vis</cbc:Name></cac:Item>');
    const lines = LINE_BOUNDS.rows + 500;
    const many = fullUbl().replace(line, short.repeat(lines));
    const page = await shown(many);
    const notice = new RegExp(`Les (\\d+) premières lignes de ce tableau sont données ici, sur ${lines}`).exec(page);
    expect(Number(notice?.[1])).toBeLessThanOrEqual(LINE_BOUNDS.rows);
    expect(page.split('\n').filter((text) => text.startsWith('Vis'))).toHaveLength(Number(notice?.[1]));
  });

  it('R28 is printed whatever the texts are', async () => {
    const hostile = [
      'x'.repeat(100_000),
      'nom '.repeat(25_000),
      'شركة البناء والتعمير ש״ס בע״מ',
      '株式会社 🏢👨‍👩‍👧 ﷽ \u202e\u200f\u0301 e\u0301 Ωмега ﬁ',
      'file:///etc/passwd data:image/png;base64,AAAA {{toc}} \\(Tj',
      '\u200b\u200b\u2060',
    ];
    const [line = ''] = /<cac:InvoiceLine>.*<\/cac:InvoiceLine>/s.exec(fullUbl()) ?? [];
    const lines = hostile.map((text) => line.replaceAll('Câble', text).replaceAll('Rouge', text));
    const xml = fullUbl()
      .replace(line, lines.join(''))
      .replace('<cbc:Note>Sans objet</cbc:Note>', hostile.map((text) => `<cbc:Note>${text}</cbc:Note>`).join(''))
      .replaceAll('Vendeur SARL', hostile[0] ?? '')
      .replaceAll('Ville de Lyon', hostile[2] ?? '');
    const pdf = await PDFDocument.load(await readableInvoicePdf(await modelOf(xml), facts));
    expect(pdf.getPageCount()).toBeLessThan(12);
  });

  it('R28 says that a sign stands for what the font does not have, and only then', async () => {
    const explained = `Le signe ${NO_GLYPH} tient lieu`;
    expect(await shown(fullUbl().replace('Vendeur SARL', '株式'))).toContain(explained);
    expect(await shown(fullUbl().replace('Vendeur SARL', 'Žluťoučký Ωμέγα Ёлка e\u0301'))).not.toContain(explained);
  });

  it('R28 says of a document that has nothing that it has none', async () => {
    const page = await shown('<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>');
    expect(page).toContain('Facture n° (sans numéro)');
    expect(page).not.toContain('Lignes');
  });

  if (existsSync(data))
    it('R28 is made of the official samples', async () => {
      const folders = ['afnor', 'chorus-pro/FSO1116A', 'en16931/examples'].map((folder) => `${data}/${folder}`);
      const files = folders.flatMap((folder) =>
        readdirSync(folder).flatMap((name) => (name.endsWith('.xml') ? [`${folder}/${name}`] : [])),
      );
      let printed = 0;
      for (const file of files) {
        const { model } = await openInvoice(readFileSync(file), { kind: 'xml' });
        if (model === null) continue;
        const page = textsIn(readableInvoice(model, facts).content).join('\n');
        expect(page).toContain(model.number?.value ?? '(sans numéro)');
        expect(page).toContain('Net à payer');
        printed += 1;
      }
      expect(printed).toBeGreaterThan(15);
    });
});
