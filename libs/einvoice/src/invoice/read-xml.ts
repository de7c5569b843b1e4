import { isUtf8 } from 'node:buffer';
import { finding, type Finding } from '../finding/finding.js';
import type { NamespaceContext } from '../container/index-entry.js';
import { blankDeclaration } from '../xml/declaration.js';
import { detectEncoding, strictDecoder } from '../xml/encoding.js';
import { readDocument, type ReadDocument } from '../xml/read-document.js';
import { strictParse } from '../xml/strict-parse.js';
import { recogniseRoot, type RootRecognition } from './formats.js';
import { readCii } from './read-cii.js';
import { readUbl } from './read-ubl.js';
import type { InvoiceReading } from './reading.js';
import { noTerms, type InvoiceTerms } from './terms.js';

/**
 * Reads one XML invoice: safety first, then the verdict of the strict parser, then the format, then the terms.
 *
 * @param bytes the document, or a fragment of a batch
 * @param context namespace declarations around a fragment
 * @param embeddedInPdf whether the bytes come out of a PDF
 */
export function readXmlInvoice(
  bytes: Buffer,
  context: NamespaceContext | null,
  embeddedInPdf: boolean,
): InvoiceReading {
  const decoded = decode(bytes);
  if ('refusal' in decoded) {
    const partial = decoded.text === null ? noTerms : termsOf(readDocument(decoded.text, context));
    return { status: 'unreadable', findings: [decoded.refusal], invoice: partial };
  }
  const document = readDocument(decoded.text, context);
  const findings = faultsOf(document);
  // A DOCTYPE or a monstrous shape is never handed to the strict parser; a prefix fault is, for its other errors.
  if (findings.every((one) => one.rule === 'SYNTAX-PREFIX-UNBOUND')) {
    const fault = strictParse(decoded.utf8, context);
    if (fault !== null && findings.length === 0) {
      findings.push(finding('SYNTAX-MALFORMED', { found: fault.reason, line: fault.line }));
    }
  }
  if (document.root === null && findings.length === 0)
    findings.push(finding('SYNTAX-MALFORMED', { found: 'document vide' }));
  const invoice = termsOf(document);
  if (findings.length > 0 || document.root === null) return { status: 'unreadable', findings, invoice };

  const recognition = recogniseRoot(document.root);
  if (recognition.status !== 'known') return notRead(document, recognition, invoice);
  return {
    status: 'read',
    format: {
      ...recognition.shape,
      customization: invoice.specification?.value ?? null,
      profile: invoice.billingFrame?.value ?? null,
      embeddedInPdf,
    },
    invoice,
    findings: [],
  };
}

type Decoded =
  { readonly text: string; readonly utf8: Buffer } | { readonly refusal: Finding; readonly text: string | null };

function decode(bytes: Buffer): Decoded {
  const encoding = detectEncoding(bytes.subarray(0, 1024));
  if (encoding === null) return utf8(bytes);
  const body = bytes.subarray(encoding.bomBytes);
  if (encoding.name === 'utf-8') return utf8(body);
  if (encoding.name === 'unsupported') {
    return { refusal: finding('FILE-ENCODING-UNSUPPORTED', { found: encoding.declared }), text: null };
  }
  try {
    const decoder = strictDecoder(encoding.name);
    // In one call Node decodes windows-1252 as ISO-8859-1; in stream mode it does not.
    const text = blankDeclaration(decoder.decode(body, { stream: true }) + decoder.decode());
    return { text, utf8: Buffer.from(text) };
  } catch {
    return { refusal: finding('FILE-ENCODING-BROKEN', { expected: encoding.name }), text: null };
  }
}

function utf8(bytes: Buffer): Decoded {
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return { text, utf8: bytes };
  return { refusal: finding('FILE-ENCODING-BROKEN', { expected: 'UTF-8', line: brokenLine(text) }), text };
}

/** Line of the first replacement character, where decoding failed. */
function brokenLine(text: string): number {
  return text.slice(0, Math.max(text.indexOf('\ufffd'), 0)).split('\n').length;
}

function faultsOf(document: ReadDocument): Finding[] {
  return document.faults.map(({ rule, line, found, expected }) => finding(rule, { line, found, expected }));
}

function termsOf({ root }: ReadDocument): InvoiceTerms {
  if (root === null) return noTerms;
  const recognition = recogniseRoot(root);
  if (recognition.status !== 'known') return noTerms;
  return recognition.shape.syntax === 'UBL' ? readUbl(root) : readCii(root);
}

function notRead(
  { root }: ReadDocument,
  recognition: Exclude<RootRecognition, { status: 'known' }>,
  invoice: InvoiceTerms,
): InvoiceReading {
  const where = { location: root?.location ?? null, line: root?.line ?? null };
  switch (recognition.status) {
    case 'unsupported':
      return {
        status: 'unsupported',
        findings: [finding('SYNTAX-FORMAT-UNSUPPORTED', { ...where, found: recognition.label })],
        invoice,
      };
    case 'unknown-namespace':
      return {
        status: 'unreadable',
        findings: [
          finding('SYNTAX-NAMESPACE-UNKNOWN', {
            ...where,
            found: root?.namespace ?? '',
            expected: recognition.expected,
          }),
        ],
        invoice,
      };
    case 'unknown-root':
      return {
        status: 'unreadable',
        findings: [finding('SYNTAX-ROOT-UNKNOWN', { ...where, found: root?.localName ?? '' })],
        invoice,
      };
  }
}
