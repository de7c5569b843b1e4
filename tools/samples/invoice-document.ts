import type { SampleRecipient, SampleSupplier } from './directory.js';
import type { InvoiceContent } from './invoice-content.js';

/** Everything that is printed on one invoice; dates are `YYYY-MM-DD`. */
export interface InvoiceDocument {
  readonly number: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly deliveryDate: string;
  readonly serviceCode: string;
  /** BT-23: a billing frame of the reform (`S1` …) or of the portal's own formats (`A1` …). */
  readonly frame: string;
  readonly supplier: SampleSupplier;
  readonly recipient: SampleRecipient;
  readonly content: InvoiceContent;
}

/** A note (BG-3): subject code of UNTDID 4451 and text. */
export interface InvoiceNote {
  readonly subject: 'PMT' | 'PMD' | 'AAB';
  readonly text: string;
}

/** The three notes that French law asks of every invoice between professionals (BR-FR-05, each once: BR-FR-06). */
export const LEGAL_NOTES: readonly InvoiceNote[] = [
  { subject: 'PMT', text: 'Indemnité forfaitaire pour frais de recouvrement : 40 €.' },
  { subject: 'PMD', text: 'Pénalités de retard : taux directeur de la BCE majoré de huit points.' },
  { subject: 'AAB', text: "Pas d'escompte pour paiement anticipé." },
];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Writes a text as XML character data or as the value of an attribute in double quotes. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] as string);
}

/** An element with text; the text is escaped, the attributes are written as given. */
export function element(name: string, text: string, attributes = ''): string {
  return `<${name}${attributes && ` ${attributes}`}>${escapeXml(text)}</${name}>`;
}

/** An element around already written XML. */
export function wrap(name: string, ...children: readonly string[]): string {
  return `<${name}>${children.join('')}</${name}>`;
}
