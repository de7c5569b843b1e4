import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import type { Finding } from '../finding/finding.js';
import type { SupportingDocument } from '../model/documents.js';
import type { Invoice } from '../model/invoice.js';
import type { XmlElement } from '../xml/element.js';
import { Base64Text } from './base64-text.js';
import { baseName, extensionOf, storableName } from './document-name.js';
import { documentTypeOf, isZip, typeHeadBytes, zipExtensions, type DocumentType } from './document-type.js';
import { DocumentFindings } from './document-findings.js';
import { supportingLimits, type SupportingLimits } from './limits.js';
import { packedDocuments, UnreadableArchive, type PackedDocument } from './packed-documents.js';

/** A supporting document that an invoice carries (BT-125), taken out of its base64 and of the zip around it. */
export interface CarriedDocument {
  /** Name to store it under: without forbidden signs, of allowed length. */
  readonly name: string;
  /** Name as the invoice has it; null when it has none. */
  readonly declaredName: string | null;
  /** MIME type as the invoice has it; null when it has none. */
  readonly declaredType: string | null;
  /** BT-123; in French use a code such as `LISIBLE`. */
  readonly description: string | null;
  /** What it is by its first bytes. */
  readonly type: DocumentType;
  readonly bytes: number;
  /** In lower-case hexadecimal. */
  readonly sha256: string;
  /** Whether it came out of a zip. */
  readonly unpacked: boolean;
  /** XPath of the element that holds it. */
  readonly location: string;
  readonly line: number;
  /** Its bytes, decoded while they are read; may be asked for more than once. Needs the opened invoice to be kept. */
  stream(): Readable;
}

/** The supporting documents of an invoice, and what is wrong with them. */
export interface Extraction {
  /** Those that could be taken out, in the order of the invoice. */
  readonly documents: readonly CarriedDocument[];
  readonly findings: readonly Finding[];
}

/**
 * Takes out the supporting documents that an invoice carries and judges them (R24, rule G4.03). What they are is decided by
 * their bytes. A zip is unpacked, whatever MIME type it is declared under, unless its name says that a zip, or a document of
 * an office suite, is what is meant; a zip in a zip stays as it is. Never throws on what a partner sent.
 */
export async function extractSupportingDocuments(
  { supportingDocuments, specification }: Pick<Invoice, 'supportingDocuments' | 'specification'>,
  limits: SupportingLimits = supportingLimits,
): Promise<Extraction> {
  const extractor = new Extractor(limits, specification === null);
  for (const one of supportingDocuments) if (one.content !== null) await extractor.take(one, one.content);
  return extractor.finish();
}

type Source = Pick<CarriedDocument, 'declaredName' | 'declaredType' | 'description' | 'location' | 'line'>;
type Slices = () => Iterable<Buffer> | AsyncIterable<Buffer>;

class Extractor {
  readonly #documents: CarriedDocument[] = [];
  readonly #findings: DocumentFindings;
  #total = 0;

  constructor(
    private readonly limits: SupportingLimits,
    private readonly historic: boolean,
  ) {
    this.#findings = new DocumentFindings(limits);
  }

  async take(declared: SupportingDocument, content: XmlElement): Promise<void> {
    // The historic formats have no attribute for the file name: it is the reference of the document.
    const named = declared.fileName ?? (this.historic ? declared.reference : null);
    const source: Source = {
      declaredName: named?.value ?? null,
      declaredType: declared.mimeCode?.value ?? null,
      description: declared.description?.value ?? null,
      location: content.location,
      line: content.line,
    };
    if (this.#documents.length >= this.limits.documents) return this.#findings.tooMany(source);
    const text = Base64Text.open(content.stretch ?? { source: content.text, start: 0, end: content.text.length });
    if (text === null) return this.#findings.notBase64(source);
    const type = documentTypeOf(text.read(0, typeHeadBytes));
    const extension = source.declaredName === null ? null : extensionOf(source.declaredName);
    if (!isZip(type) || (extension !== null && zipExtensions.has(extension)))
      return this.#takePlain(source, text, type);
    try {
      await this.#takePacked(source, text, type);
    } catch (error) {
      if (!(error instanceof UnreadableArchive)) throw error;
      this.#findings.unreadableArchive(source, error.message);
    }
  }

  finish(): Extraction {
    if (this.#total > this.limits.totalBytes) this.#findings.totalTooLarge(this.#total);
    return { documents: this.#documents, findings: this.#findings.list };
  }

  async #takePlain(source: Source, text: Base64Text, type: DocumentType): Promise<void> {
    await this.#add(source, source.declaredName, text.bytes, false, () => text.slices(), type);
  }

  async #takePacked(source: Source, text: Base64Text, type: DocumentType): Promise<void> {
    const content = await packedDocuments(text, this.limits.documents - this.#documents.length);
    if (content.kind === 'too-many') return this.#findings.tooMany(source);
    if (content.kind === 'office') return this.#takePlain(source, text, type);
    const { documents } = content;
    if (documents.length === 0) return this.#findings.empty(source);
    for (const packed of documents) {
      const name = nameOf(packed, documents.length === 1 ? source.declaredName : null);
      await this.#add(source, name, packed.bytes, true, () => unpack(packed), null);
    }
  }

  async #add(
    source: Source,
    name: string | null,
    bytes: number,
    unpacked: boolean,
    slices: Slices,
    known: DocumentType | null,
  ): Promise<void> {
    this.#total += bytes;
    const named = { ...source, name };
    if (bytes === 0) return this.#findings.empty(named);
    // Nothing that is too large is unpacked: the sizes that an archive declares are held against what comes out of it.
    if (bytes > this.limits.documentBytes) return this.#findings.tooLarge(named);
    if (this.#total > this.limits.totalBytes) return;
    const { sha256, head } = await digestOf(slices());
    const type = known ?? documentTypeOf(head);
    this.#findings.judge(named, type);
    const fallback = `piece-${this.#documents.length + 1}${type.extensions[0] === undefined ? '' : `.${type.extensions[0]}`}`;
    this.#documents.push({
      ...source,
      name: storableName(name ?? fallback, this.limits),
      type,
      bytes,
      sha256,
      unpacked,
      stream: () => Readable.from(slices(), { objectMode: false }),
    });
  }
}

/** A packed document goes by the name in the invoice; when that says no type, or is about several, by its own. */
function nameOf({ path }: PackedDocument, declared: string | null): string {
  const own = baseName(path);
  return declared !== null && (extensionOf(declared) !== null || extensionOf(own) === null) ? declared : own;
}

async function digestOf(slices: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<{ sha256: string; head: Buffer }> {
  const digest = createHash('sha256');
  let head: Buffer = Buffer.alloc(0);
  for await (const slice of slices) {
    if (head.length < typeHeadBytes) head = Buffer.concat([head, slice.subarray(0, typeHeadBytes - head.length)]);
    digest.update(slice);
  }
  return { sha256: digest.digest('hex'), head };
}

/** @throws UnreadableArchive when what comes out is not what the archive declares */
async function* unpack(packed: PackedDocument): AsyncGenerator<Buffer, void, undefined> {
  let sum = 0;
  try {
    for await (const slice of (await packed.stream()) as AsyncIterable<Buffer>) {
      sum = crc32(slice, sum);
      yield slice;
    }
  } catch {
    throw new UnreadableArchive('un fichier ne se décompresse pas');
  }
  if (sum !== packed.crc32) throw new UnreadableArchive('un fichier est altéré');
}
