import { createHash } from 'node:crypto';
import type { FlowOutcome } from '#domain';
import { byteBlocks } from '../shared/byte-blocks.js';
import type { RejectLine } from '../rejects/reject-line.js';
import { permittedText, xmlOf } from '../shared/xml.js';
import { CPP_STATUT_TAIL, cppStatutHead } from './cpp-statut.js';

/** What the return file of a flow says. */
export interface FlowStatusReport {
  /** Name under which the partner deposited the flow. */
  readonly flowName: string;
  /** Number that the platform gave to it. */
  readonly flowNumber: string;
  /** The partner's code, 3 to 8 characters (6 for a historic connection). */
  readonly applicationCode: string;
  /** ISO 8601 instant at which the flow was done. */
  readonly producedAt: string;
  readonly status: FlowOutcome;
  /** What the flow carried; invoices, unless it is said. */
  readonly content?: 'invoices' | 'statuses';
  /** Invoices integrated. */
  readonly integrated: number;
  /** Invoices rejected; each has a line. A flow rejected as a whole has none, and one line of its own. */
  readonly rejected: number;
  readonly lines: AsyncIterable<RejectLine>;
}

/**
 * `IdStatut` of CPPStatut. 90 (received), 93 (reception error) and 96 (received, partial integration) tell how a flow was
 * received; 91, 92, 94 and 95 tell how one is passed on to the recipient's own system. A deposit that is integrated
 * whole is therefore 90, not 92, and the file is written only when the flow is done, so 90 is final in it.
 */
const STATUS_CODES: Readonly<Record<FlowOutcome, string>> = {
  integrated: '90',
  'partly-integrated': '96',
  rejected: '93',
};

const STATUS_LABELS: Readonly<Record<FlowOutcome, string>> = {
  integrated: 'Intégré',
  'partly-integrated': 'Intégré partiellement',
  rejected: 'Rejeté',
};

const BETWEEN_REASONS = ' | ';

/** The identifier in a flow's name, its third part; a name of another make is its own identifier. */
function flowIdOf(flowName: string): string {
  return permittedText(/^[A-Z]{3}\d{4}[A-Z]_[A-Z0-9]{6}_([A-Z0-9]{25})$/.exec(flowName)?.[1] ?? flowName);
}

/** The fields of `DonneesStatut` that stand before its details, in the order of the schema. */
function statusFields(report: FlowStatusReport): string {
  const { status, integrated, rejected, flowNumber, flowName, producedAt } = report;
  const counted =
    report.content === 'statuses'
      ? `statuts appliqués : ${integrated}, statuts refusés : ${rejected}`
      : `factures intégrées : ${integrated}, factures rejetées : ${rejected}`;
  return xmlOf({
    IdStatut: STATUS_CODES[status],
    ComplementStatut: STATUS_LABELS[status],
    Commentaire: permittedText(`Flux ${flowNumber} : ${counted}`),
    Horodatage: producedAt,
    IdFlux: flowIdOf(flowName),
  });
}

/** Which invoice a line speaks of, as well as could be read. */
function subjectOf(line: RejectLine): string {
  if (line.rank === null && line.invoiceNumber === null) return 'Flux';
  const invoice = line.invoiceNumber === null ? 'Facture sans numéro lisible' : `Facture ${line.invoiceNumber}`;
  const places = [
    line.rank === null ? [] : [`rang ${line.rank}`],
    line.member === null ? [] : [`fichier ${line.member}`],
  ].flat();
  return places.length === 0 ? invoice : `${invoice} (${places.join(', ')})`;
}

function detailOf({ rule, location, line, found, expected }: RejectLine['reasons'][number]): string {
  return [
    [rule],
    location === null ? [] : [`emplacement ${location}`],
    line === null ? [] : [`ligne ${line}`],
    found === null ? [] : [`trouvé « ${found} »`],
    expected === null ? [] : [`attendu « ${expected} »`],
  ]
    .flat()
    .join(', ');
}

function errorLine(line: RejectLine, rank: number): string {
  const code = line.reasons[0]?.code ?? '';
  const messages = line.reasons.map((reason) => reason.message).join(BETWEEN_REASONS);
  return xmlOf({
    LigneErreurDetail: {
      '@IdLigne': String(rank),
      // The two families of reasons: IRR_ for what cannot be read, REJ_ for what may not be accepted.
      NatureErreur: code.startsWith('IRR_') ? 'TECHNIQUE' : 'FONCTIONNELLE',
      CodeErreur: permittedText(code),
      LibelleErreur: permittedText(`${subjectOf(line)} : ${messages}`),
      DescriptionErreur: permittedText(line.reasons.map(detailOf).join(BETWEEN_REASONS)),
    },
  });
}

async function* pieces(report: FlowStatusReport): AsyncGenerator<string> {
  const expected = report.status === 'rejected' ? Math.max(1, report.rejected) : report.rejected;
  yield cppStatutHead({ ...report, flowId: flowIdOf(report.flowName) });
  yield '<CPPFluxStatuts compteur="1"><CPPFluxStatutUnitaire NumOrdre="1"><DonneesStatut>';
  yield statusFields(report);
  if (expected > 0) yield `<Details NbLignesErreur="${expected}">`;
  let written = 0;
  for await (const line of report.lines) yield errorLine(line, ++written);
  if (written !== expected) throw new Error(`${written} error lines for ${expected} rejects of ${report.flowNumber}`);
  if (expected > 0) yield '</Details>';
  yield `</DonneesStatut></CPPFluxStatutUnitaire></CPPFluxStatuts>${CPP_STATUT_TAIL}`;
}

/**
 * The return file of a flow, flow-level CPPStatut as the CSO11xxA flows carry it (structure of CPPStatutPivot V1_19;
 * R45). One `LigneErreurDetail` for each reject: the code of its first reason, the texts of all of them, and for each
 * the rule, place and values. Memory does not grow with the number of lines.
 *
 * @returns blocks of UTF-8; the same report gives the same bytes
 * @throws RangeError when the application code is not one
 * @throws Error when there are not as many lines as rejects: the file says their number before them, and must not lie
 * @throws whatever `lines` throws
 */
export async function* cppFlowStatus(report: FlowStatusReport): AsyncGenerator<Buffer> {
  yield* byteBlocks(pieces(report));
}

/**
 * Name of the return file: that of the deposit with its leading F become C (`FSO1100A_…` gives `CSO1100A_…`). A name of
 * another make (portal, API, or a hostile one) gives `CR_` and the number of the flow, so that the result is always safe
 * to write into a partner's box.
 */
export function reportName(flowName: string, flowNumber: string): string {
  const deposit = /^F([A-Z]{2}\d{4}[A-Z](?:[._-][A-Za-z0-9]+)*)$/.exec(flowName.length <= 100 ? flowName : '')?.[1];
  if (deposit) return `C${deposit}`;
  if (/^[A-Za-z0-9-]{1,60}$/.test(flowNumber)) return `CR_${flowNumber}`;
  return `CR_${createHash('sha256').update(flowNumber, 'utf8').digest('hex').slice(0, 32)}`;
}
