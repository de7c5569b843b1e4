import { colours } from './colours.js';
import type { FlowInvoice, FlowReport } from '../client/api-client.js';
import { plain, statusLabel } from './output.js';

/** Rejected invoices shown before the rest is summed up. */
const SHOWN = 10;

/** The integration report of a flow for a person: counts, then the first rejects with what to do. */
export function describeReport(report: FlowReport, rejected: readonly FlowInvoice[]): string {
  const { flowNumber, name, status, invoices, reasons } = report;
  const lines = [
    `${colours.bold(`Flux ${flowNumber}`)} ${statusLabel(status)}  (${plain(name)}, ${describeSize(report.bytes)})`,
  ];
  if (invoices.total !== null)
    lines.push(
      report.content === 'statuses'
        ? `  statuts ${invoices.total} : ${invoices.integrated} appliqués, ${invoices.rejected} refusés`
        : `  factures ${invoices.total} : ${invoices.integrated} intégrées, ${invoices.rejected} rejetées`,
    );
  for (const { code, rule, message } of reasons) lines.push(`  ${colours.red(code)} ${rule}  ${plain(message)}`);
  for (const invoice of rejected.slice(0, SHOWN)) {
    const place = invoice.member === null ? '' : ` (${plain(invoice.member)})`;
    lines.push(`  n° ${invoice.rank}${place}  facture ${plain(invoice.number ?? 'sans numéro')}`);
    for (const { code, rule, message } of invoice.reasons)
      lines.push(`    ${colours.red(code)} ${rule}  ${plain(message)}`);
  }
  if (rejected.length > SHOWN)
    lines.push(
      report.content === 'statuses'
        ? `  … et ${invoices.rejected - SHOWN} autres, dans le compte rendu`
        : `  … et ${invoices.rejected - SHOWN} autres, dans le fichier de rejets du jour`,
    );
  if (report.incident !== null) lines.push(`  ${colours.red('incident')}  ${plain(report.incident)}`);
  return lines.join('\n');
}

/** Bytes for a person. */
export function describeSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} o`;
  const units = ['Ko', 'Mo', 'Go'];
  let size = bytes / 1024;
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; unit += 1) size /= 1024;
  return `${size.toFixed(1).replace('.', ',')} ${units[unit]}`;
}

/** The first rejected invoices of a flow, one more than are shown, so that the report knows that there are others. */
export async function firstRejected(invoices: AsyncGenerator<FlowInvoice>): Promise<FlowInvoice[]> {
  const first: FlowInvoice[] = [];
  for await (const invoice of invoices) {
    first.push(invoice);
    if (first.length > SHOWN) break;
  }
  return first;
}
