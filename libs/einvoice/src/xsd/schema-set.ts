import { ParseOption, XmlDocument, XmlElement as LibxmlElement, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentShape } from '../invoice/formats.js';
import { withoutLongBase64 } from '../xml/long-base64.js';
import { inContext } from '../xml/strict-parse.js';
import { shareSchemaFolder } from './schema-files.js';
import { SchemaFolderError } from './schema-folder-error.js';

/** A place where a document does not follow its schema. */
export interface SchemaFault {
  /** The validator's own words, in English, without namespaces. */
  readonly reason: string;
  /** Line in the document, from 1; null when the validator did not say. */
  readonly line: number | null;
  /** The validator's own path of the faulty element or attribute, see `elementAt`; null when it did not say. */
  readonly path: string | null;
}

/**
 * Where the schemas stand in the folder, as their publishers pack them: OASIS UBL 2.1, UN/CEFACT D22B and D16B. A CII
 * document names no version, so it follows the schemas when it follows one of them; the newer one is asked first.
 */
const layout = {
  'UBL Invoice': ['ubl-2.1/maindoc/UBL-Invoice-2.1.xsd'],
  'UBL CreditNote': ['ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd'],
  'CII Invoice': [
    'cii-d22b/CrossIndustryInvoice_100pD22B.xsd',
    'cii-d16b/CII/uncefact/data/standard/CrossIndustryInvoice_100pD16B.xsd',
  ],
} as const;

// As the strict parser reads, but blank nodes stay: a schema may want a value where a document has white space.
const parseOptions =
  ParseOption.XML_PARSE_HUGE |
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_COMPACT;

const loaded = new Map<string, SchemaSet>();

/**
 * The schemas of a folder; the same object for the same folder, because compiled schemas cost some 30 MB in each thread.
 *
 * @throws SchemaFolderError when the folder holds none of the schemas of the layout
 */
export function schemasIn(folder: string): SchemaSet {
  const known = loaded.get(folder);
  if (known !== undefined) return known;
  const set = new SchemaSet(folder);
  loaded.set(folder, set);
  return set;
}

/** Schemas of one folder, each compiled when the first document asks for it. */
export class SchemaSet {
  readonly #addressOf: (path: string) => string;
  readonly #validators = new Map<string, XsdValidator>();
  readonly #present: ReadonlySet<string>;

  constructor(private readonly folder: string) {
    this.#present = new Set(
      Object.values(layout).flatMap((paths) => paths.filter((path) => existsSync(join(folder, path)))),
    );
    if (this.#present.size === 0)
      throw new SchemaFolderError(`No schema in ${folder}: expected ${Object.values(layout).flat().join(', ')}`);
    this.#addressOf = shareSchemaFolder(folder);
  }

  /**
   * Judges a well-formed document.
   *
   * @param utf8 the document in UTF-8, already taken by the strict parser
   * @returns the faults in the order of the document; null when the folder has no schema for such documents
   * @throws SchemaFolderError when a schema of the folder cannot be compiled
   */
  faults(utf8: Buffer, shape: DocumentShape, context: Readonly<Record<string, string>> | null): SchemaFault[] | null {
    const schemas = schemasOf(shape).filter((path) => this.#present.has(path));
    if (schemas.length === 0) return null;
    const short = withoutLongBase64(utf8);
    const document = XmlDocument.fromBuffer(context === null ? short : inContext(short, context), {
      option: parseOptions,
    });
    try {
      let fewest: SchemaFault[] | null = null;
      for (const schema of schemas) {
        const faults = faultsBy(this.#validator(schema), document, context !== null);
        if (faults.length === 0) return faults;
        if (fewest === null || faults.length < fewest.length) fewest = faults;
      }
      return fewest;
    } finally {
      document.dispose();
    }
  }

  #validator(path: string): XsdValidator {
    const known = this.#validators.get(path);
    if (known !== undefined) return known;
    try {
      const schema = XmlDocument.fromBuffer(readFileSync(join(this.folder, path)), { url: this.#addressOf(path) });
      try {
        const validator = XsdValidator.fromDoc(schema);
        this.#validators.set(path, validator);
        return validator;
      } finally {
        schema.dispose();
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SchemaFolderError(`The schema ${path} cannot be compiled: ${reason.slice(0, 300)}`, { cause: error });
    }
  }
}

function schemasOf({ syntax, document }: DocumentShape): readonly string[] {
  if (syntax === 'CII') return layout['CII Invoice'];
  return layout[document === 'CreditNote' ? 'UBL CreditNote' : 'UBL Invoice'];
}

function faultsBy(validator: XsdValidator, document: XmlDocument, wrapped: boolean): SchemaFault[] {
  try {
    const invoice = wrapped ? firstElement(document.root) : null;
    if (invoice === null) validator.validate(document);
    else validator.validate(invoice);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map(({ message, line, xpath }) => ({
      reason: message.replaceAll(/\{[^{}]*\}/g, '').trim(),
      line: line < 1 ? null : line,
      path: xpath === undefined ? null : wrapped ? xpath.replace(/^\/[^/]+/, '') : xpath,
    }));
  }
}

function firstElement(parent: LibxmlElement): LibxmlElement | null {
  for (let child = parent.firstChild; child !== null; child = child.next)
    if (child instanceof LibxmlElement) return child;
  return null;
}
