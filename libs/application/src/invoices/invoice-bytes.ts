import type { InvoiceIntegrated } from '#domain';
import { findInvoice, missingDeclarations, recognise, recogniseHeadBytes, type FoundInvoice } from '#einvoice';
import type { ObjectStore } from '#persistence';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** An invoice's own bytes, open for reading. */
export interface InvoiceBytes {
  readonly kind: 'xml' | 'pdf';
  /** Bytes that the stream will give. */
  readonly size: number;
  /** Holds a file or a connection until it ends or is destroyed. */
  readonly stream: Readable;
}

/**
 * Opens the bytes of an invoice that was let in: the XML or the PDF that its issuer sent, wherever in its flow it stands (R42). An
 * invoice of a batch comes with the namespace declarations that it inherits from there, so that it is a document of its own; all
 * else is as it came. Memory does not grow with the invoice or its flow.
 *
 * @param objects where flows are kept
 * @param scratchFolder where an archive's member, or a copy of a flow, may be put until the stream is closed
 * @throws ObjectMissing when the bytes of the flow are gone
 */
export async function openInvoiceBytes(
  objects: ObjectStore,
  scratchFolder: string,
  { document, member }: Pick<InvoiceIntegrated['data'], 'document' | 'member'>,
): Promise<InvoiceBytes> {
  return (await openWholeFlow(objects, document, member)) ?? openPart(objects, scratchFolder, document, member);
}

type Place = InvoiceIntegrated['data']['document'];

/** Most bytes of a byte order mark. */
const MARK = 3;

/** A flow that is nothing but the invoice is read where it is. Null for all others, and for what pass one had to transcode. */
async function openWholeFlow(objects: ObjectStore, place: Place, member: string | null): Promise<InvoiceBytes | null> {
  const { object, offset, length } = place;
  const size = (await objects.stat(object))?.size;
  if (member !== null || offset > MARK || offset + length !== size) return null;
  const head = await objects.open(object, { offset: 0, length: Math.min(size, recogniseHeadBytes) });
  const recognition = recognise(await buffer(head));
  const isReadable = recognition.kind === 'xml' && recognition.encoding.name === 'utf-8';
  if (!isReadable && recognition.kind !== 'pdf') return null;
  const kind = recognition.kind === 'pdf' ? 'pdf' : 'xml';
  return { kind, size: length, stream: await objects.open(object, { offset, length }) };
}

/** Finds the invoice again in its archive, its batch or its encoding. What that needs on disk goes with the stream. */
async function openPart(
  objects: ObjectStore,
  scratchFolder: string,
  { object, sha256 }: Place,
  member: string | null,
): Promise<InvoiceBytes> {
  const folder = join(scratchFolder, `invoice-${randomUUID()}`);
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(folder, { recursive: true });
    const source = await objects.localCopy(object, folder);
    const found = await findInvoice({ source, workFolder: folder, member, sha256 });
    const prefix = await prefixOf(found);
    const rest = createReadStream(found.path, {
      start: found.offset + prefix.replaces,
      end: found.offset + found.length - 1,
    });
    const stream =
      prefix.bytes.length === 0 ? rest : Readable.from(following(prefix.bytes, rest), { objectMode: false });
    stream.once('close', () => void clear().catch(() => undefined));
    return { kind: found.kind, size: found.length - prefix.replaces + prefix.bytes.length, stream };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** What stands in the place of the first bytes of a fragment, so that it can be read without its batch. */
async function prefixOf({ path, offset, length, context }: FoundInvoice): Promise<{ bytes: Buffer; replaces: number }> {
  if (context === null) return { bytes: Buffer.alloc(0), replaces: 0 };
  const end = offset + Math.min(length, recogniseHeadBytes) - 1;
  const head = await buffer(createReadStream(path, { start: offset, end }));
  const { at, declarations } = missingDeclarations(head, context);
  return { bytes: Buffer.concat([head.subarray(0, at), Buffer.from(declarations)]), replaces: at };
}

async function* following(first: Buffer, rest: Readable): AsyncGenerator<Buffer, void, undefined> {
  yield first;
  yield* rest as AsyncIterable<Buffer>;
}
