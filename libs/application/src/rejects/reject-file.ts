import { createHash } from 'node:crypto';
import { isParisDay, type RejectReason } from '#domain';
import { byteBlocks } from '../shared/byte-blocks.js';
import { dayCell, instantCells, numberCell, textCell } from '../shared/csv-cell.js';
import { csvFile } from '../shared/csv-file.js';
import type { RejectLine } from './reject-line.js';

export type { RejectLine } from './reject-line.js';

/** Between the values of the reasons of one reject, which stand in parallel: the first code goes with the first text. */
const BETWEEN_REASONS = ' | ';

const CHANNELS: Readonly<Record<RejectLine['channel'], string>> = { SFTP: 'EDI', API: 'API', PORTAL: 'Portail' };

const HEADERS = [
  'Numéro de flux',
  'Nom du flux',
  'Date de dépôt',
  'Heure de dépôt',
  'Canal',
  'Émetteur du flux',
  "Nom de l'émetteur",
  'Fournisseur',
  'Nom du fournisseur',
  'Numéro de facture',
  'Date de facture',
  'Destinataire',
  'Code service',
  'Montant TTC',
  'Devise',
  'Rang dans le flux',
  "Fichier dans l'archive",
  'Pièces jointes',
  'Codes de motif',
  'Règles',
  'Motifs',
  'Emplacements (XPath)',
  'Lignes',
  'Valeurs trouvées',
  'Valeurs attendues',
  'Renvoi possible avec le même numéro',
  'Date de rejet',
  'Heure de rejet',
] as const;

function reasonsCell(reasons: readonly RejectReason[], pick: (reason: RejectReason) => string | null): string {
  return textCell(reasons.map((reason) => pick(reason) ?? '').join(BETWEEN_REASONS));
}

function cellsOf(line: RejectLine): string[] {
  const { reasons } = line;
  return [
    textCell(line.flowNumber),
    textCell(line.flowName),
    ...instantCells(line.depositedAt),
    CHANNELS[line.channel],
    textCell(line.sender.identifier),
    textCell(line.sender.name),
    textCell(line.issuer?.identifier ?? null),
    textCell(line.issuer?.name ?? null),
    textCell(line.invoiceNumber),
    dayCell(line.invoiceDate),
    textCell(line.recipientIdentifier),
    textCell(line.serviceCode),
    numberCell(line.amount),
    textCell(line.currency),
    line.rank === null ? '' : String(line.rank),
    textCell(line.member),
    textCell(line.supportingDocuments.join(BETWEEN_REASONS)),
    reasonsCell(reasons, (reason) => reason.code),
    reasonsCell(reasons, (reason) => reason.rule),
    reasonsCell(reasons, (reason) => reason.message),
    reasonsCell(reasons, (reason) => reason.location),
    reasonsCell(reasons, (reason) => (reason.line === null ? null : String(reason.line))),
    reasonsCell(reasons, (reason) => reason.found),
    reasonsCell(reasons, (reason) => reason.expected),
    line.resendable ? 'oui' : 'non',
    ...instantCells(line.rejectedAt),
  ];
}

async function* rowsOf(lines: AsyncIterable<RejectLine>): AsyncGenerator<string[]> {
  for await (const line of lines) yield cellsOf(line);
}

/**
 * The reject file of people (R44): a CSV that French Excel opens as it is (`;`, UTF-8 with its mark, CRLF, all quoted),
 * one row for each reject, its reasons in parallel columns. No text in it can act as a formula ({@link textCell}). The
 * same lines give the same bytes, whatever the machine and the day; memory does not grow with the number of lines.
 *
 * @throws whatever `lines` throws, and RangeError for an instant of the platform that is not one
 */
export async function* rejectFileCsv(lines: AsyncIterable<RejectLine>): AsyncGenerator<Buffer> {
  yield* csvFile(HEADERS, rowsOf(lines));
}

/** A line with its keys in a fixed order, whatever the order in which it was built. */
function orderedLine(line: RejectLine): RejectLine {
  const party = (one: RejectLine['sender']): RejectLine['sender'] => ({ identifier: one.identifier, name: one.name });
  return {
    flowNumber: line.flowNumber,
    flowName: line.flowName,
    depositedAt: line.depositedAt,
    channel: line.channel,
    sender: party(line.sender),
    issuer: line.issuer && party(line.issuer),
    invoiceNumber: line.invoiceNumber,
    invoiceDate: line.invoiceDate,
    recipientIdentifier: line.recipientIdentifier,
    serviceCode: line.serviceCode,
    amount: line.amount,
    currency: line.currency,
    rank: line.rank,
    member: line.member,
    supportingDocuments: [...line.supportingDocuments],
    reasons: line.reasons.map(({ code, rule, message, location, line: row, found, expected }) => {
      return { code, rule, message, location, line: row, found, expected };
    }),
    resendable: line.resendable,
    rejectedAt: line.rejectedAt,
  };
}

async function* jsonPieces(day: string, party: string, lines: AsyncIterable<RejectLine>): AsyncGenerator<string> {
  yield `{"day":${JSON.stringify(day)},"party":${JSON.stringify(party)},"lines":[`;
  let count = 0;
  for await (const line of lines) {
    yield `${count === 0 ? '' : ','}\n${JSON.stringify(orderedLine(line))}`;
    count++;
  }
  yield `\n],"count":${count}}\n`;
}

/**
 * The reject file of machines (R44): the same lines as the CSV with their raw values, `{"day","party","lines","count"}`,
 * one line of the file for each reject. The same lines give the same bytes; memory does not grow with their number.
 *
 * @param day Europe/Paris day, `YYYY-MM-DD`
 * @param party identifier of whose file it is
 * @throws whatever `lines` throws
 */
export async function* rejectFileJson(
  day: string,
  party: string,
  lines: AsyncIterable<RejectLine>,
): AsyncGenerator<Buffer> {
  yield* byteBlocks(jsonPieces(day, party, lines));
}

/**
 * Name of a reject file, safe in any file system and in an HTTP header, and different for each day and party: an
 * identifier that is more than digits and capitals is cleaned, and told apart from others by a part of its SHA-256.
 *
 * @param day Europe/Paris day, `YYYY-MM-DD`
 * @throws RangeError when the day is not one
 */
export function rejectFileName(day: string, partyIdentifier: string, format: 'csv' | 'json'): string {
  if (!isParisDay(day)) throw new RangeError(`Not a day: ${day}`);
  if (/^[A-Z0-9]{1,40}$/.test(partyIdentifier)) return `rejets_${day}_${partyIdentifier}.${format}`;
  const cleaned = partyIdentifier.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 24);
  const digest = createHash('sha256').update(partyIdentifier, 'utf8').digest('hex').slice(0, 16);
  return `rejets_${day}_${cleaned}-${digest}.${format}`;
}
