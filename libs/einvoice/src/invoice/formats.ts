import type { XmlElement } from '../xml/element.js';
import { namespaces } from '../xml/namespaces.js';

/** Syntax and kind of document of an invoice that can be read. */
export interface DocumentShape {
  readonly syntax: 'UBL' | 'CII';
  readonly document: 'Invoice' | 'CreditNote';
}

/** What the root element says of a document. */
export type RootRecognition =
  | { readonly status: 'known'; readonly shape: DocumentShape }
  | { readonly status: 'unsupported'; readonly label: string }
  | { readonly status: 'unknown-namespace'; readonly expected: string }
  | { readonly status: 'unknown-root' };

/** Local names of the root elements of the invoices that we read; a batch is split at them. */
export const invoiceRoots = ['Invoice', 'CreditNote', 'CrossIndustryInvoice'] as const;

const expectedNamespace: ReadonlyMap<string, string> = new Map([
  ['Invoice', namespaces.ubl],
  ['CreditNote', namespaces.cn],
  ['CrossIndustryInvoice', namespaces.rsm],
]);

/** Formats of the historic portal that are recognised by their root but not read. */
const unsupportedRoots: ReadonlyMap<string, string> = new Map([
  ['CPPFactures', 'CPPFacture (format mixte ou pivot)'],
  ['CPPFacture', 'CPPFacture (format mixte ou pivot)'],
  ['CPPFactureMixte', 'CPPFactureMixte'],
  ['CPPFacturePivot', 'CPPFacturePivot'],
  ['PES_Facture', 'PES Facture'],
  ['PES_Factures', 'PES Facture'],
  ['PES_FactureIndiv', 'PES Facture'],
  ['PES_Aller', 'PES'],
  ['CrossIndustryDocument', 'ZUGFeRD 1.0 (CrossIndustryDocument)'],
  ['SupplyChainTradeTransaction', 'UN/CEFACT SupplyChainTradeTransaction'],
]);

/** Other versions of the formats that we read, which are no supersets of them: root, namespace, label. */
const otherVersions: readonly (readonly [names: RegExp, versions: RegExp, label: string])[] = [
  [
    /^(?:Invoice|CreditNote)$/,
    /^urn:oasis:names:(?:specification|tc):ubl:(?:schema:xsd:)?(?:Invoice|CreditNote)[-:]1/,
    'UBL 1.0',
  ],
  [/^CrossIndustryInvoice$/, /^urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:/, 'CII antérieur à D16B'],
];

/** The French label of a format that is known by its root but not read; null for any other root. */
export function unsupportedFormat(localName: string, namespace: string | null): string | null {
  const expected = expectedNamespace.get(localName);
  if (expected !== undefined && expected === namespace) return null;
  // xCBL shares the name `Invoice` with UBL: its namespace tells it apart.
  if (localName === 'Invoice' && /xcbl/i.test(namespace ?? '')) return 'xCBL';
  const version = otherVersions.find(([names, versions]) => names.test(localName) && versions.test(namespace ?? ''));
  if (version !== undefined) return version[2];
  return unsupportedRoots.get(localName) ?? null;
}

/** Recognises a document by the namespace and local name of its root. */
export function recogniseRoot(root: XmlElement): RootRecognition {
  const { localName, namespace } = root;
  const label = unsupportedFormat(localName, namespace);
  if (label !== null) return { status: 'unsupported', label };
  const expected = expectedNamespace.get(localName);
  if (expected === undefined) return { status: 'unknown-root' };
  if (namespace !== expected) return { status: 'unknown-namespace', expected };
  const syntax = localName === 'CrossIndustryInvoice' ? 'CII' : 'UBL';
  return { status: 'known', shape: { syntax, document: localName === 'CreditNote' ? 'CreditNote' : 'Invoice' } };
}
