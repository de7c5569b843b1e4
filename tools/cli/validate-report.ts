import type { InvoiceReport } from '#einvoice';
import { colours } from './colours.js';
import { plain } from './output.js';

/** What a person reads of one invoice: a line with the verdict, then each finding with its place and values. */
export function describeJudgement(line: InvoiceReport): string {
  const { file, member, rank, invoice, rules, findings } = line;
  const place = member ?? (rank === undefined ? null : `facture ${rank + 1}`);
  const where = place === null ? file : `${file} · ${place}`;
  const details = [invoice.number === null ? null : `n° ${invoice.number}`, formatLabel(line), rules.join(' + ')];
  const head = [
    verdict(line),
    plain(where),
    ...details.filter((detail) => detail !== null && detail !== '').map((detail) => plain(detail ?? '')),
  ];
  return [head.join('  '), ...findings.map(describeFinding)].join('\n');
}

function verdict({ valid, status, findings }: InvoiceReport): string {
  if (status === 'unsupported') return colours.red('non pris en charge');
  if (status === 'unreadable') return colours.red('illisible');
  if (!valid) return colours.red('rejet');
  return findings.length === 0 ? colours.green('OK') : colours.yellow('OK');
}

function formatLabel({ format }: InvoiceReport): string | null {
  if (format === null) return null;
  const name = format.embeddedInPdf ? 'Factur-X' : `${format.syntax} ${format.document}`;
  return format.conformance === null ? name : `${name} (${format.conformance})`;
}

function describeFinding({
  rule,
  severity,
  message,
  location,
  line,
  found,
  expected,
}: InvoiceReport['findings'][number]): string {
  const label = severity === 'fatal' ? colours.red(rule) : colours.yellow(`${rule} (avertissement)`);
  const place = location ?? (line === null ? null : 'document');
  const rows = [
    `  ${label}  ${plain(message)}`,
    place === null ? null : `      ${plain(place)}${line === null ? '' : `, ligne ${line}`}`,
    found === null ? null : `      trouvé : ${plain(found)}`,
    expected === null ? null : `      attendu : ${plain(expected)}`,
  ];
  return rows.filter((row) => row !== null).join('\n');
}
