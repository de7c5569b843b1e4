import { isUtf8 } from 'node:buffer';
import type { NamespaceContext } from '../container/index-entry.js';
import { finding, type Finding } from '../finding/finding.js';
import { readModel } from '../model/read-model.js';
import { blankDeclaration } from '../xml/declaration.js';
import type { XmlElement } from '../xml/element.js';
import { detectEncoding, strictDecoder } from '../xml/encoding.js';
import { readDocument, type ReadDocument } from '../xml/read-document.js';
import { readPlain } from '../xml/read-plain.js';
import { strictParse } from '../xml/strict-parse.js';
import { recogniseRoot, type RootRecognition } from './formats.js';
import { opened, refusedOpening, type OpenedInvoice } from './opened.js';

/**
 * Opens one XML invoice: first whether it is safe and well formed, then its format. What is made of plain constructs proves
 * itself by being read; the strict parser judges whatever else there is.
 *
 * @param bytes the document, or a fragment of a batch
 * @param context namespace declarations around a fragment
 * @param embeddedInPdf whether the bytes come out of a PDF
 */
export function openXml(bytes: Buffer, context: NamespaceContext | null, embeddedInPdf: boolean): OpenedInvoice {
  const decoded = decode(bytes);
  if ('refusal' in decoded) {
    const partial = decoded.text === null ? null : readDocument(decoded.text, context).root;
    return refusedOpening('unreadable', [decoded.refusal], partial, modelOf(partial));
  }
  const { utf8 } = decoded;
  const root = readPlain(utf8, context);
  return root === null ? openUnproved(utf8, context, embeddedInPdf) : recognised(root, utf8, context, embeddedInPdf);
}

function openUnproved(utf8: Buffer, context: NamespaceContext | null, embeddedInPdf: boolean): OpenedInvoice {
  const document = readDocument(utf8.toString('utf8'), context);
  const { root } = document;
  const findings = faultsOf(document);
  // A DOCTYPE or a monstrous shape is never handed to the strict parser; a prefix fault is, for its other errors.
  if (findings.every((one) => one.rule === 'SYNTAX-PREFIX-UNBOUND')) {
    const fault = strictParse(utf8, context);
    if (fault !== null && findings.length === 0) {
      findings.push(finding('SYNTAX-MALFORMED', { found: fault.reason, line: fault.line }));
    }
  }
  if (root === null && findings.length === 0) findings.push(finding('SYNTAX-MALFORMED', { found: 'document vide' }));
  if (findings.length > 0 || root === null) return refusedOpening('unreadable', findings, root, modelOf(root));
  return recognised(root, utf8, context, embeddedInPdf);
}

function recognised(
  root: XmlElement,
  xml: Buffer,
  context: NamespaceContext | null,
  embeddedInPdf: boolean,
): OpenedInvoice {
  const recognition = recogniseRoot(root);
  if (recognition.status !== 'known') return notRead(root, recognition);
  return opened({
    shape: recognition.shape,
    root,
    model: readModel(root, recognition.shape),
    xml,
    context,
    embeddedInPdf,
  });
}

/** The document in UTF-8 without byte order mark, or why it cannot be had and what can be read of it nevertheless. */
type Decoded = { readonly utf8: Buffer } | { readonly refusal: Finding; readonly text: string | null };

function decode(bytes: Buffer): Decoded {
  const encoding = detectEncoding(bytes.subarray(0, 1024));
  if (encoding === null) return checkedUtf8(bytes);
  const body = bytes.subarray(encoding.bomBytes);
  if (encoding.name === 'utf-8') return checkedUtf8(body);
  if (encoding.name === 'unsupported') {
    return { refusal: finding('FILE-ENCODING-UNSUPPORTED', { found: encoding.declared }), text: null };
  }
  try {
    const decoder = strictDecoder(encoding.name);
    // In one call Node decodes windows-1252 as ISO-8859-1; in stream mode it does not.
    return { utf8: Buffer.from(blankDeclaration(decoder.decode(body, { stream: true }) + decoder.decode())) };
  } catch {
    return { refusal: finding('FILE-ENCODING-BROKEN', { expected: encoding.name }), text: null };
  }
}

function checkedUtf8(bytes: Buffer): Decoded {
  if (isUtf8(bytes)) return { utf8: bytes };
  const text = bytes.toString('utf8');
  return { refusal: finding('FILE-ENCODING-BROKEN', { expected: 'UTF-8', line: brokenLine(text) }), text };
}

/** Line of the first replacement character, where decoding failed. */
function brokenLine(text: string): number {
  return text.slice(0, Math.max(text.indexOf('\ufffd'), 0)).split('\n').length;
}

function faultsOf(document: ReadDocument): Finding[] {
  return document.faults.map(({ rule, line, found, expected }) => finding(rule, { line, found, expected }));
}

function modelOf(root: XmlElement | null): OpenedInvoice['model'] {
  if (root === null) return null;
  const recognition = recogniseRoot(root);
  return recognition.status === 'known' ? readModel(root, recognition.shape) : null;
}

function notRead(root: XmlElement, recognition: Exclude<RootRecognition, { status: 'known' }>): OpenedInvoice {
  const { location, line } = root;
  switch (recognition.status) {
    case 'unsupported':
      return refusedOpening(
        'unsupported',
        [finding('SYNTAX-FORMAT-UNSUPPORTED', { location, line, found: recognition.label })],
        root,
        null,
      );
    case 'unknown-namespace': {
      const { expected } = recognition;
      const wrong = finding('SYNTAX-NAMESPACE-UNKNOWN', { location, line, found: root.namespace ?? '', expected });
      return refusedOpening('unreadable', [wrong], root, null);
    }
    case 'unknown-root':
      return refusedOpening(
        'unreadable',
        [finding('SYNTAX-ROOT-UNKNOWN', { location, line, found: root.localName })],
        root,
        null,
      );
  }
}
