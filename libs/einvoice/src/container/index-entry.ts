import type { Finding } from '../finding/finding.js';

/** Namespace declarations in scope where an invoice stands in its batch: prefix (`''` for the default one) to URI. */
export type NamespaceContext = Readonly<Record<string, string>>;

/** One invoice, or one refused member, of a container, in the order in which it stands there. */
export interface IndexEntry {
  /** Place in the container, from 0, without gaps. */
  readonly rank: number;
  /** First byte in the content file ({@link ContainerIndex.contentPath}). */
  readonly offset: number;
  /** Number of bytes; 0 for a member that was refused before its bytes were kept. */
  readonly length: number;
  /** SHA-256 of those bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  /** Name of the archive member that holds it, as written in the archive; null outside an archive. */
  readonly member: string | null;
  /** What the bytes are; `refused` when there is nothing to read, only {@link IndexEntry.refusal}. */
  readonly kind: 'xml' | 'pdf' | 'refused';
  /** What the invoice inherits from the batch around it; null when it stands alone. */
  readonly context: NamespaceContext | null;
  /** Why this one cannot be let in, when pass one already knows it. Its neighbours are not concerned. */
  readonly refusal?: Finding;
}

/** What kind of container a flow is. */
export type ContainerKind = 'xml' | 'xml-batch' | 'tar' | 'tar.gz' | 'zip' | 'pdf';

/** What pass one says of a container that it could read to its end. */
export interface ContainerIndex {
  readonly container: ContainerKind;
  /** File that the offsets of the entries refer to: the source itself, or a spool in the work folder. */
  readonly contentPath: string;
  /** JSON Lines file of {@link IndexEntry}; read it with `readIndex`. */
  readonly indexPath: string;
  /** Number of entries, refused ones included. */
  readonly count: number;
  /** How many of them carry a refusal. */
  readonly refused: number;
  /** Members that are no invoices and need no answer: folders, detached XAdES signatures. */
  readonly ignored: number;
  /** Size of the source, in bytes. */
  readonly bytes: number;
  /** Size of what it contains once unpacked; that of the source when nothing is packed. */
  readonly unpackedBytes: number;
  /** SHA-256 of the source, in lower-case hexadecimal. */
  readonly sha256: string;
  /** Root element of an XML source, as `{namespace}local`; null for an archive or a PDF. */
  readonly root: string | null;
}
