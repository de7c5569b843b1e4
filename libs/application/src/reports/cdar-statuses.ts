import { pack } from 'tar-stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { cdarMessage, hasCdarMessage } from './cdar-message.js';
import type { InvoiceStatusesFile } from './cpp-invoice-statuses.js';
import { flowIdOf } from './flow-id.js';

/** Interface of the life cycle in the formats of the reform: statuses after the first (external specifications, 5.4.2). */
const INTERFACE = 'FEN1204A';
const RANK_DIGITS = 4;
const compress = promisify(gzip);

/** Name of a file of statuses in CDAR, by the convention of flows: `FEN1204A_ABC123_ABC1231204000000000000042`. */
export function cdarStatusesName(file: Pick<InvoiceStatusesFile, 'applicationCode' | 'sequence'>): string {
  return `${INTERFACE}_${file.applicationCode}_${flowIdOf(INTERFACE, file)}`;
}

/**
 * The statuses of a file in CDAR (R25, R48): one message for each, since the French profile tells one status of one invoice in
 * a message. One message stands alone; several are one tar.gz, as the convention of the EDI has it for several XML of a
 * flow, which keeps their order and makes one name of one delivery.
 *
 * @returns the bytes, or null when none of the statuses can be told in CDAR
 */
export async function cdarStatuses(file: InvoiceStatusesFile): Promise<Buffer | null> {
  const name = cdarStatusesName(file);
  const messages = file.statuses.filter(hasCdarMessage).map((news, index) => {
    const id = `${name}_${String(index + 1).padStart(RANK_DIGITS, '0')}`;
    return { name: `${id}.xml`, text: cdarMessage({ id, producedAt: file.producedAt, news }) };
  });
  const [first] = messages;
  if (first === undefined) return null;
  if (messages.length === 1) return Buffer.from(first.text);
  const archive = pack();
  for (const message of messages) archive.entry({ name: message.name, mtime: new Date(file.producedAt) }, message.text);
  archive.finalize();
  return compress(await buffer(archive));
}
