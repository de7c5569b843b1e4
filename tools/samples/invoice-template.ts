import type { SampleRecipient, SampleSupplier } from './directory.js';
import type { SampleFormat } from './faults.js';
import { writeCii } from './cii.js';
import type { InvoiceContent } from './invoice-content.js';
import { escapeXml, type InvoiceDocument } from './invoice-document.js';
import { writeUbl } from './ubl.js';

/**
 * A written invoice with holes for what may change without touching its sums: number, dates, service code, parties.
 * Filling one costs a few dozen joins of strings, some hundred times less than doing the sums again.
 */
export interface InvoiceTemplate {
  readonly format: SampleFormat;
  readonly paymentDays: number;
  /** Writes the invoice of these values; the same text that the writer of the format would give. */
  fill(document: Omit<InvoiceDocument, 'content' | 'frame'>): string;
}

const PARTY_FIELDS = [
  'siren',
  'siret',
  'vatNumber',
  'name',
  'street',
  'postcode',
  'city',
  'contactName',
  'telephone',
  'email',
] as const;

// A hole is one character of the private use area, which no sample text contains.
const FIRST_HOLE = 0xe000;
const HOLES = /([\ue000-\ue0ff])/;

const holes = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, position) => String.fromCharCode(FIRST_HOLE + first + position));

/** The values in the order of their holes; a date fills three, because CII writes it without its hyphens. */
function valuesOf(document: Omit<InvoiceDocument, 'content' | 'frame'>): string[] {
  return [
    document.number,
    document.serviceCode,
    document.supplier.iban,
    ...document.issueDate.split('-'),
    ...document.dueDate.split('-'),
    ...document.deliveryDate.split('-'),
    ...PARTY_FIELDS.map((field) => document.supplier[field]),
    ...PARTY_FIELDS.map((field) => document.recipient[field]),
  ];
}

/** A document whose every changeable value is its hole; {@link valuesOf} gives the holes in their order. */
function documentOfHoles(content: InvoiceContent, frame: string): InvoiceDocument {
  const [number, serviceCode, iban] = holes(0, 3) as [string, string, string];
  const partyOfHoles = (first: number): Record<(typeof PARTY_FIELDS)[number], string> =>
    Object.fromEntries(
      holes(first, PARTY_FIELDS.length).map((hole, position) => [PARTY_FIELDS[position] as string, hole]),
    ) as Record<(typeof PARTY_FIELDS)[number], string>;
  const supplier: SampleSupplier = { ...partyOfHoles(12), iban };
  const recipient: SampleRecipient = {
    ...partyOfHoles(12 + PARTY_FIELDS.length),
    category: 'LOCAL_AUTHORITY',
    services: [],
    requiresServiceCode: false,
    requiresCommitment: false,
    active: true,
  };
  return {
    number,
    serviceCode,
    frame,
    supplier,
    recipient,
    issueDate: holes(3, 3).join('-'),
    dueDate: holes(6, 3).join('-'),
    deliveryDate: holes(9, 3).join('-'),
    content,
  };
}

/** Writes a content once, with holes. */
export function compileTemplate(format: SampleFormat, content: InvoiceContent, frame: string): InvoiceTemplate {
  const xml = (format === 'UBL' ? writeUbl : writeCii)(documentOfHoles(content, frame));
  // Splitting by a pattern with a group gives text, hole, text, hole, …, text.
  const pieces = xml.split(HOLES);
  const texts = pieces.filter((_, position) => position % 2 === 0);
  const holeAfter = pieces.filter((_, position) => position % 2 === 1).map((hole) => hole.charCodeAt(0) - FIRST_HOLE);
  return {
    format,
    paymentDays: content.paymentDays,
    fill: (document) => {
      const values = valuesOf(document).map(escapeXml);
      let filled = texts[0] ?? '';
      for (let position = 0; position < holeAfter.length; position++) {
        filled += (values[holeAfter[position] as number] as string) + (texts[position + 1] as string);
      }
      return filled;
    },
  };
}
