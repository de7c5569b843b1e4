import type { InvoiceModel } from '#einvoice';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { readableInvoice, type ReadableInvoiceFacts } from './document-definition.js';
import type { PdfMaker } from './pdf-document.js';

const require = createRequire(import.meta.url);

/**
 * The readable form of an invoice as a PDF: the same invoice gives the same bytes. It takes seconds for a long one: not for an
 * event loop that others wait for.
 *
 * @see readableInvoice for what is on it
 */
export async function readableInvoicePdf(model: InvoiceModel, facts: ReadableInvoiceFacts): Promise<Buffer> {
  // Some 40 MB of every process that loads it: those that print nothing do without.
  const pdfmake = require('pdfmake') as PdfMaker;
  const folder = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto') + sep;
  pdfmake.setFonts({
    Roboto: {
      normal: `${folder}Roboto-Regular.ttf`,
      bold: `${folder}Roboto-Medium.ttf`,
      italics: `${folder}Roboto-Italic.ttf`,
      bolditalics: `${folder}Roboto-MediumItalic.ttf`,
    },
  });
  // Nothing of an invoice is ever a name of a file or an address: should it become one, it is refused.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder));
  return pdfmake.createPdf(readableInvoice(model, facts)).getBuffer();
}
