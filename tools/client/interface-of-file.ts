import { interfaceCode, readInvoice, recognise } from '#einvoice';
import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';

const HEAD_BYTES = 64 * 1024;
/** A PDF larger than this is named without a look inside. */
const LARGEST_PDF = 20 * 1024 * 1024;

const HISTORIC_FRAME = /^A(?:[1-9]|1\d|2[0-5])$/;
/** BT-23 of UBL, of the AIFE extension and of CII, where the frames of the portal's own formats stand. */
const WRITTEN_FRAME = /(?:ProfileID|CategoryCode|ContextParameter>\s*<[\w:.-]*ID)(?:\s[^>]*)?>\s*([A-Z]\d{1,2})\s*</;

/**
 * The interface under which a file would be deposited: the one that its name begins with, or else the one that goes with its
 * syntax and billing frame (`A1` … of the portal's own formats, others of the reform). Archives are not looked into.
 *
 * @throws the error of the file system when the file cannot be read
 */
export async function interfaceOfFile(path: string): Promise<string> {
  const named = /^FSO\d{4}A/.exec(basename(path))?.[0];
  if (named !== undefined && interfaceCode(named)?.supported === true) return named;
  const head = await headOf(path);
  if (recognise(head).kind === 'pdf') return (await isHistoricPdf(path)) ? 'FSO1117A' : 'FSO1157A';
  const text = head.toString('latin1');
  const historic = HISTORIC_FRAME.test(WRITTEN_FRAME.exec(text)?.[1] ?? '');
  if (text.includes('CrossIndustryInvoice')) return historic ? 'FSO1106A' : 'FSO1156A';
  return historic ? 'FSO1100A' : 'FSO1150A';
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function isHistoricPdf(path: string): Promise<boolean> {
  if ((await stat(path)).size > LARGEST_PDF) return false;
  const { invoice } = await readInvoice(await readFile(path), { kind: 'pdf' });
  return HISTORIC_FRAME.test(invoice.billingFrame?.value ?? '');
}
