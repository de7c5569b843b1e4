import { withoutLongBase64 } from './long-base64.js';
import { ParseOption, XmlDocument, XmlParseError } from 'libxml2-wasm';

/** Why a strict parser refused a document. */
export interface ParseFault {
  /** The parser's own words, in English. */
  readonly reason: string;
  /** Line in the document, from 1; null when the parser did not say. */
  readonly line: number | null;
}

// No network, no external entity; texts over 10 MB (attachments in base64) are allowed, our own caps bound the rest. The tree
// is thrown away: leaving blank nodes out of it and packing short texts changes no verdict and is a quarter faster.
const options =
  ParseOption.XML_PARSE_HUGE |
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_NOBLANKS |
  ParseOption.XML_PARSE_COMPACT;

/**
 * The verdict of libxml2, the strictest of the parsers measured, on one document or fragment in UTF-8.
 *
 * The caller has refused DOCTYPE, deep nesting and huge tags before: they cost memory here.
 *
 * @param context namespace declarations in scope around a fragment
 * @returns null when the document is well formed, namespaces included
 */
export function strictParse(bytes: Buffer, context: Readonly<Record<string, string>> | null): ParseFault | null {
  if (context === null && declaresXml11(bytes)) {
    const fault = controlCharacter(bytes);
    if (fault !== null) return fault;
  }
  const short = withoutLongBase64(bytes);
  try {
    XmlDocument.fromBuffer(context === null ? short : inContext(short, context), { option: options }).dispose();
    return null;
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    const faults = error.details.filter(({ level, message }) => level >= 2 && !aboutUri.test(message));
    const [first] = faults;
    if (first === undefined) return error.details.length > 0 ? null : { reason: error.message.trim(), line: null };
    return { reason: first.message.trim(), line: first.line < 1 ? null : first.line };
  }
}

function declaresXml11(bytes: Buffer): boolean {
  return (
    bytes[0] === 0x3c &&
    bytes[1] === 0x3f &&
    /^<\?xml\s+version\s*=\s*["']1\.1["']/.test(bytes.toString('latin1', 0, 64))
  );
}

/** XML 1.1 forbids control characters that XML 1.0, which the parser knows, allows (XML 1.1, 2.2): DEL and C1, but NEL. */
function controlCharacter(bytes: Buffer): ParseFault | null {
  const [before, ...behind] = bytes.toString('utf8').split(/[\u007f-\u0084\u0086-\u009f]/, 2);
  if (before === undefined || behind.length === 0) return null;
  return { reason: 'control character in an XML 1.1 document', line: before.split('\n').length };
}

/** Namespaces in XML asks no syntax of a namespace name: what this parser thinks of it is no fault of the document. */
const aboutUri = /^xmlns.* is not (?:a valid URI|absolute)\s*$/;

const before = Buffer.from('>');
const after = Buffer.from('</_>');

/** Wraps a fragment in an element `_` that carries the declarations around it, on the fragment's own first line. */
export function inContext(bytes: Buffer, context: Readonly<Record<string, string>>): Buffer {
  const declarations = Object.entries(context).map(
    ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`,
  );
  return Buffer.concat([Buffer.from(`<_${declarations.join('')}`), before, bytes, after]);
}

/** A text as it may stand between the double quotes of an attribute. */
export function escapeAttribute(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
