import { isUtf8 } from 'node:buffer';
import type { NamespaceContext } from '../container/index-entry.js';
import { finding, type Finding } from '../finding/finding.js';
import { blankDeclaration } from './declaration.js';
import type { XmlElement } from './element.js';
import { detectEncoding, strictDecoder } from './encoding.js';
import { readDocument, type ReadDocument } from './read-document.js';
import { readPlain } from './read-plain.js';
import { strictParse } from './strict-parse.js';

/** A document that is safe and well formed. */
export interface WholeTree {
  readonly whole: true;
  readonly root: XmlElement;
  /** In UTF-8, without byte order mark. */
  readonly utf8: Buffer;
}

/** One that is not, with what could be read of it: a refusal should name what it is about (R44). */
export interface BrokenTree {
  readonly whole: false;
  readonly root: XmlElement | null;
  /** At least one. */
  readonly findings: readonly Finding[];
}

/**
 * Reads one document or fragment that a partner sent into a tree, when it is safe and well formed. What is made of plain
 * constructs proves itself by being read; the strict parser judges whatever else there is. Never throws on what was sent.
 *
 * @param context namespace declarations around a fragment
 */
export function openTree(bytes: Buffer, context: NamespaceContext | null): WholeTree | BrokenTree {
  const decoded = decode(bytes);
  if ('refusal' in decoded) {
    const root = decoded.text === null ? null : readDocument(decoded.text, context).root;
    return { whole: false, root, findings: [decoded.refusal] };
  }
  const { utf8 } = decoded;
  const root = readPlain(utf8, context);
  return root === null ? openUnproved(utf8, context) : { whole: true, root, utf8 };
}

function openUnproved(utf8: Buffer, context: NamespaceContext | null): WholeTree | BrokenTree {
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
  if (findings.length > 0 || root === null) return { whole: false, root, findings };
  return { whole: true, root, utf8 };
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
