import { createHash, hash, type Hash } from 'node:crypto';
import { finding, type Finding } from '../finding/finding.js';
import type { XmlEncoding } from '../xml/encoding.js';
import { readHead, readRange, type ByteRange } from './byte-range.js';
import { ContainerRefused, refused } from './container-refused.js';
import type { IndexTask } from './index-task.js';
import { rootTag } from './prolog.js';
import { recogniseHeadBytes } from './recognise.js';
import { Skeleton } from './skeleton.js';
import { transcode } from './transcode.js';
import { SplitFault, XmlSplitter, type SplitInvoice, type SplitterEvents } from './xml-splitter.js';

/** What an XML document turned out to be. */
export interface IndexedXml {
  readonly shape: 'single' | 'batch' | 'signature';
  /** Root element as `{namespace}local`. */
  readonly root: string;
}

/** Where an XML document comes from. */
export interface XmlOrigin {
  /** Name of the archive member; null for the flow itself. */
  readonly member: string | null;
  readonly encoding: XmlEncoding;
  /** Told every byte of the document as it is read. */
  readonly onBytes?: (bytes: Buffer) => void;
  /** First bytes of the document, when they are already in memory. */
  readonly head?: Buffer;
  /** To be awaited before the range is read: writes what is still pending. */
  readonly settle?: () => Promise<void>;
  /** SHA-256 of the document, when it was computed while its bytes passed and nothing was transcoded. */
  readonly sha256?: string;
}

/** Roots of a detached signature (XML-DSig, XAdES, ASiC), and the namespaces that they stand in. */
const signatureRoots = ['Signature', 'XAdESSignatures', 'Signatures'];
const signatureNamespaces = /^http:\/\/(?:www\.w3\.org\/2000\/09\/xmldsig#|uri\.etsi\.org\/)/;

/**
 * Indexes one XML document: one invoice (or whatever the flow carries), or a batch of them.
 *
 * @throws ContainerRefused when the document cannot be read as a whole
 */
export async function indexXml(task: IndexTask, range: ByteRange, origin: XmlOrigin): Promise<IndexedXml> {
  const { encoding, member } = origin;
  if (encoding.name === 'unsupported') {
    throw refused('FILE-ENCODING-UNSUPPORTED', { found: encoding.declared, member, offset: 0 });
  }
  const skip = encoding.bomBytes;
  if (encoding.name !== 'utf-8') await origin.settle?.();
  origin.onBytes?.(await readHead(range, skip));
  const content =
    encoding.name === 'utf-8'
      ? { ...range, offset: range.offset + skip, length: range.length - skip }
      : await transcode(task, range, encoding, origin.onBytes);
  const transcoded = content.file !== range.file || content.offset !== range.offset + skip;
  const onBytes = transcoded ? undefined : origin.onBytes;

  const head = transcoded ? undefined : origin.head?.subarray(skip);
  const root = rootTag(head ?? (await readHead(content, recogniseHeadBytes)));
  if (root === null) throw refused('FILE-XML-TRUNCATED', { found: 'prologue', member, offset: content.length });
  const name = root.namespace === null ? root.localName : `{${root.namespace}}${root.localName}`;

  if (task.wanted.isSingle(root)) {
    const known = skip === 0 && !transcoded ? origin.sha256 : undefined;
    if (known === undefined) await origin.settle?.();
    await indexSingle(task, content, member, onBytes, known);
    return { shape: 'single', root: name };
  }
  await origin.settle?.();
  // A signature may also be around what it signs: only one without any invoice in it is passed over.
  const invoices = await indexBatch(task, content, member, onBytes);
  if (invoices > 0) return { shape: 'batch', root: name };
  if (member !== null && isSignature(root)) return { shape: 'signature', root: name };
  throw refused(task.wanted.none, { found: `élément racine « ${root.localName} »`, member });
}

function isSignature({ localName, namespace }: { localName: string; namespace: string | null }): boolean {
  return signatureRoots.includes(localName) && signatureNamespaces.test(namespace ?? '');
}

async function indexSingle(
  task: IndexTask,
  content: ByteRange,
  member: string | null,
  onBytes: ((bytes: Buffer) => void) | undefined,
  knownSha256: string | undefined,
): Promise<void> {
  const { offset, length } = content;
  const sha256 = knownSha256 ?? (await digestOf(task, content, onBytes));
  const refusal = sizeRefusal(task, length, member);
  task.writer.add({ offset, length, sha256, member, kind: 'xml', context: null, ...(refusal && { refusal }) });
}

async function digestOf(
  task: IndexTask,
  content: ByteRange,
  onBytes: ((bytes: Buffer) => void) | undefined,
): Promise<string> {
  const digest = createHash('sha256');
  let done = 0;
  for await (const chunk of readRange(content)) {
    onBytes?.(chunk);
    digest.update(chunk);
    done += chunk.length;
    await task.pause(done);
  }
  return digest.digest('hex');
}

/** Splits a batch; gives the number of invoices found. */
async function indexBatch(
  task: IndexTask,
  content: ByteRange,
  member: string | null,
  onBytes: ((bytes: Buffer) => void) | undefined,
): Promise<number> {
  const before = task.writer.count;
  const indexer = new BatchIndexer(task, content.offset, member);
  const splitter = new XmlSplitter(indexer, task.limits, task.wanted.units);
  let done = 0;
  try {
    for await (const chunk of readRange(content)) {
      onBytes?.(chunk);
      splitter.push(chunk);
      done += chunk.length;
      await task.pause(done);
    }
    splitter.end();
    indexer.documentEnd();
  } catch (error) {
    throw error instanceof SplitFault ? refusalOf(error, task, member) : withMember(error, member);
  }
  return task.writer.count - before;
}

/** Turns what the splitter tells into index entries, and hands the rest to the strict parser of the skeleton. */
class BatchIndexer implements SplitterEvents {
  readonly #skeleton = new Skeleton();
  #digest: Hash | null = null;
  #sha256 = '';

  constructor(
    private readonly task: IndexTask,
    private readonly contentOffset: number,
    private readonly member: string | null,
  ) {}

  outside(bytes: Buffer, offset: number): void {
    this.#skeleton.write(bytes, offset);
  }

  invoiceBytes(bytes: Buffer, last: boolean): void {
    // Nearly every invoice lies in one chunk, and hashing it in one call is much cheaper than a stream of updates.
    if (last && this.#digest === null) {
      this.#sha256 = hash('sha256', bytes);
      return;
    }
    this.#digest ??= createHash('sha256');
    this.#digest.update(bytes);
    if (!last) return;
    this.#sha256 = this.#digest.digest('hex');
    this.#digest = null;
  }

  invoiceEnd({ offset, length, fault }: SplitInvoice): void {
    const { member, task } = this;
    const { context } = this.#skeleton;
    const refusal = sizeRefusal(task, length, member) ?? faultRefusal(fault, offset, member);
    task.writer.add({
      offset: this.contentOffset + offset,
      length,
      sha256: this.#sha256,
      member,
      kind: 'xml',
      context: Object.keys(context).length === 0 ? null : context,
      ...(refusal && { refusal }),
    });
    this.#skeleton.writeStub();
  }

  /** @throws ContainerRefused when the batch may not end here. */
  documentEnd(): void {
    this.#skeleton.close();
  }
}

function faultRefusal(fault: string | null, offset: number, member: string | null): Finding | null {
  return fault === null ? null : finding('SYNTAX-FRAGMENT', { found: fault, offset, member });
}

function sizeRefusal(task: IndexTask, length: number, member: string | null): Finding | null {
  if (length <= task.limits.memberBytes) return null;
  return finding('MEMBER-TOO-LARGE', { found: length, expected: task.limits.memberBytes, member });
}

function refusalOf(fault: SplitFault, task: IndexTask, member: string | null): ContainerRefused {
  const where = { offset: fault.offset, member };
  switch (fault.kind) {
    case 'doctype':
      return refused('FILE-DOCTYPE', { ...where, found: fault.found });
    case 'truncated':
      return refused('FILE-XML-TRUNCATED', { ...where, found: fault.found });
    case 'too-deep':
      return refused('FILE-XML-TOO-DEEP', { ...where, expected: task.limits.depth });
    case 'tag-too-long':
      return refused('FILE-XML-TAG-TOO-LONG', { ...where, expected: task.limits.tagBytes });
  }
}

/** Adds the name of the member to a refusal that was decided without knowing it. */
function withMember(error: unknown, member: string | null): unknown {
  if (!(error instanceof ContainerRefused) || member === null) return error;
  return new ContainerRefused({ ...error.finding, member });
}
