import { writeCii } from './cii.js';
import { sampleDirectory, type SampleDirectory, type SampleRecipient, type SampleSupplier } from './directory.js';
import { damageInvoice, type FaultKind, type SampleFormat } from './faults.js';
import { drawInvoiceContent } from './invoice-content.js';
import { seededRandom } from './random.js';
import { compileTemplate, type InvoiceTemplate } from './invoice-template.js';
import { writeUbl } from './ubl.js';

/** What to write. Dates are `YYYY-MM-DD`. */
export interface InvoiceRequest {
  readonly seed: string;
  /** Place of the invoice in its set, from 0; with the seed it decides the content and the default number. */
  readonly rank: number;
  readonly format: SampleFormat;
  readonly supplier: SampleSupplier;
  readonly recipient: SampleRecipient;
  readonly issueDate: string;
  readonly number?: string;
  /** Defaults to what keeps the document between 8 and 12 kB: 7 or 8 lines in UBL, 3 or 4 in CII (1 kB a line). */
  readonly lineCount?: number;
  readonly kindOfFault?: FaultKind;
  /** BT-23; defaults to {@link reformFrame}. */
  readonly frame?: string;
}

/** Frame of an invoice by its supplier, in the formats of the reform (BT-23). */
export const reformFrame = 'S1';

/** A sample of a stream, with what a test needs to know of it. */
export interface SampleInvoice {
  readonly rank: number;
  readonly format: SampleFormat;
  readonly number: string;
  readonly supplier: SampleSupplier;
  readonly recipient: SampleRecipient;
  readonly issueDate: string;
  readonly fault: FaultKind | null;
  readonly xml: string;
}

/** A stream of samples. */
export interface InvoiceStreamRequest {
  readonly seed: string;
  readonly count: number;
  /** Issue date of the invoices, `YYYY-MM-DD`. */
  readonly issueDate: string;
  /** Defaults to the directory of the seed. */
  readonly directory?: SampleDirectory;
  /** Taken in turn; defaults to both. */
  readonly formats?: readonly SampleFormat[];
  /** One supplier for all, as in the flow of an issuer that sends its own invoices; defaults to all of the directory. */
  readonly supplier?: SampleSupplier;
  /** Which ranks are bad, and how. */
  readonly faultAt?: (rank: number) => FaultKind | null;
  /** How many different contents are drawn and summed before they are used again; defaults to 200. */
  readonly templateCount?: number;
  /** Lines of every invoice; defaults as in {@link InvoiceRequest}. */
  readonly lineCount?: number;
  /** BT-23 of every invoice; defaults to {@link reformFrame}. */
  readonly frame?: string;
}

const MILLISECONDS_PER_DAY = 86_400_000;

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/**
 * The number that a sample has by default: at most 20 characters of the alphabet of BT-1 (BR-FR-02, and the 20 of the
 * historic Chorus Pro rule), different for each seed and rank.
 */
export function sampleInvoiceNumber(seed: string, rank: number, issueDate: string): string {
  const series = seededRandom(`${seed}/series`).digits(6);
  return `F${issueDate.slice(0, 4)}-${series}-${String(rank).padStart(7, '0')}`;
}

function drawLineCount(seed: string, rank: number, format: SampleFormat): number {
  const random = seededRandom(`${seed}/lines/${rank}`);
  return format === 'UBL' ? random.integer(7, 8) : random.integer(3, 4);
}

function recipientOf(
  directory: SampleDirectory,
  recipient: SampleRecipient,
  fault?: FaultKind | null,
): SampleRecipient {
  if (fault === 'recipient-unknown') return directory.unknownRecipient;
  if (fault === 'recipient-inactive') return directory.inactiveRecipient;
  return recipient;
}

/** BT-10: the code of the service, one of the recipient's. */
function serviceCodeOf(recipient: SampleRecipient, rank: number): string {
  return recipient.services[rank % Math.max(1, recipient.services.length)]?.code ?? 'ACCUEIL';
}

/**
 * Writes one invoice, right by EN 16931 but for the fault asked for. The same request gives the same text.
 *
 * With `recipient-unknown` and `recipient-inactive` the recipient is replaced by that of `sampleDirectory(seed)`; with
 * `duplicate` the number defaults to that of the rank before.
 *
 * @throws RangeError when a duplicate of rank 0 is asked for without its number
 */
export function generateInvoice(request: InvoiceRequest): string {
  const { seed, rank, format, supplier, issueDate, kindOfFault } = request;
  const isDuplicate = kindOfFault === 'duplicate';
  if (isDuplicate && rank === 0 && request.number === undefined) throw new RangeError('rank 0 has no earlier invoice');
  const recipient =
    kindOfFault === 'recipient-unknown' || kindOfFault === 'recipient-inactive'
      ? recipientOf(sampleDirectory(seed), request.recipient, kindOfFault)
      : request.recipient;
  const lineCount = request.lineCount ?? drawLineCount(seed, rank, format);
  const content = drawInvoiceContent(seededRandom(`${seed}/content/${rank}`), lineCount);
  const xml = (format === 'UBL' ? writeUbl : writeCii)({
    number: request.number ?? sampleInvoiceNumber(seed, isDuplicate ? rank - 1 : rank, issueDate),
    issueDate,
    dueDate: addDays(issueDate, content.paymentDays),
    deliveryDate: addDays(issueDate, -3),
    serviceCode: serviceCodeOf(recipient, rank),
    frame: request.frame ?? reformFrame,
    supplier,
    recipient,
    content,
  });
  return kindOfFault ? damageInvoice(xml, format, kindOfFault) : xml;
}

function compileTemplates(request: InvoiceStreamRequest, formats: readonly SampleFormat[]): InvoiceTemplate[] {
  const { seed } = request;
  const wanted = Math.min(request.templateCount ?? 200, request.count);
  // A multiple of the number of formats, so that rank and template agree on the format.
  const count = Math.ceil(wanted / formats.length) * formats.length;
  return Array.from({ length: count }, (_, rank) => {
    const format = formats[rank % formats.length] as SampleFormat;
    const lineCount = request.lineCount ?? drawLineCount(seed, rank, format);
    const content = drawInvoiceContent(seededRandom(`${seed}/content/${rank}`), lineCount);
    return compileTemplate(format, content, request.frame ?? reformFrame);
  });
}

/**
 * Writes a long stream of invoices fast: some hundred contents are summed exactly once, then number, dates, service and
 * parties change with each invoice. A `duplicate` takes supplier and number of the last good invoice before it.
 *
 * @throws RangeError when the first invoice of the stream is to be a duplicate
 */
export function* invoiceStream(request: InvoiceStreamRequest): Generator<SampleInvoice> {
  const { seed, issueDate } = request;
  const directory = request.directory ?? sampleDirectory(seed);
  const formats = request.formats ?? ['UBL', 'CII'];
  const templates = compileTemplates(request, formats);
  const dueDates = templates.map((template) => addDays(issueDate, template.paymentDays));
  const deliveryDate = addDays(issueDate, -3);
  const random = seededRandom(`${seed}/stream`);
  const numberPrefix = sampleInvoiceNumber(seed, 0, issueDate).slice(0, -7);
  let lastGood: { number: string; supplier: SampleSupplier } | undefined;
  for (let rank = 0; rank < request.count; rank++) {
    const template = templates[rank % templates.length] as InvoiceTemplate;
    const fault = request.faultAt?.(rank) ?? null;
    if (fault === 'duplicate' && !lastGood) throw new RangeError('the first invoice has no earlier one to repeat');
    const repeated = fault === 'duplicate' ? lastGood : undefined;
    const drawnSupplier = request.supplier ?? random.pick(directory.suppliers);
    const supplier = repeated?.supplier ?? drawnSupplier;
    const number = repeated?.number ?? numberPrefix + String(rank).padStart(7, '0');
    const recipient = recipientOf(directory, random.pick(directory.recipients), fault);
    const written = template.fill({
      number,
      issueDate,
      dueDate: dueDates[rank % templates.length] as string,
      deliveryDate,
      serviceCode: serviceCodeOf(recipient, rank),
      supplier,
      recipient,
    });
    if (!fault) lastGood = { number, supplier };
    const xml = fault ? damageInvoice(written, template.format, fault) : written;
    yield { rank, format: template.format, number, supplier, recipient, issueDate, fault, xml };
  }
}
