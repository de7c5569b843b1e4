import {
  actorOf,
  CommandRefused,
  CONFIGURATION,
  Decisions,
  Deposits,
  WorkQueue,
  type Caller,
  type Configuration,
} from '#application';
import { PLATFORM_APPLICATION_CODE } from '#domain';
import { defaultLimits, recognise, recogniseHeadBytes, type InvoiceReport, type Recognition } from '#einvoice';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { InvoiceChecks } from '../invoices/invoice-checks.js';
import { scratchFile } from '../invoices/receive-file.js';
import { Problem } from '../platform/problem.js';
import type { SentFileView } from './draft-views.js';

/** Largest file of one invoice that comes by the portal (R24): 120 MB. */
export const LARGEST_SENT_FILE = 120 * 1024 ** 2;
/** Largest batch of XML invoices by the portal (R24): 30 MB. */
const LARGEST_BATCH = 30 * 1024 ** 2;

/** Send a file of invoices for a structure (R20, R21). Without the confirmation it is a dry run. `bytes` is consumed once. */
export class SendFile extends Command<SentFileView> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly bytes: AsyncIterable<Buffer>,
    /** Name that the answer gives it; what it is goes by its content alone. */
    readonly name: string,
    /** UUID of this very attempt. */
    readonly attempt: string,
    readonly confirmed: boolean,
  ) {
    super();
  }
}

@CommandHandler(SendFile)
export class SendFileHandler implements ICommandHandler<SendFile> {
  constructor(
    private readonly decisions: Decisions,
    private readonly checks: InvoiceChecks,
    private readonly deposits: Deposits,
    private readonly queue: WorkQueue,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async execute(command: SendFile): Promise<SentFileView> {
    const { caller, structure, bytes, name, confirmed } = command;
    const issuer = await this.decisions.look(caller, (session) => session.authorise('invoice.issue', structure));
    if (issuer.status !== 'active')
      throw new CommandRefused('STR-003', `La structure ${structure} est désactivée et n’envoie plus rien.`);
    const file = await scratchFile(bytes, this.configuration.WORK_FOLDER, LARGEST_SENT_FILE);
    try {
      const container = await recognised(file.path);
      const { reports } = await this.checks.judge({ path: file.path, name });
      refuseUnreadable(reports);
      const interfaceCode = interfaceOf(container, reports);
      const items = await this.checks.check({ path: file.path, name, options: { interfaceCode } });
      const valid = items.filter((report) => report.valid).length;
      const checked = { container, interfaceCode, items, total: items.length, next: null, valid };
      if (!confirmed) return { ...checked, sent: false, flowNumber: null };
      if (valid === 0)
        throw new Problem(
          422,
          'DEP-003',
          'Le fichier n’est pas envoyé : aucune de ses factures ne passe les contrôles. Corrigez-les puis recommencez.',
          checked,
        );
      const flowNumber = await this.deposit(command, issuer.name, interfaceCode, file.path);
      return { ...checked, sent: true, flowNumber };
    } finally {
      await file.remove();
    }
  }

  private async deposit(
    { caller, structure, attempt }: SendFile,
    name: string | null,
    interfaceCode: string,
    path: string,
  ): Promise<string> {
    const receipt = await this.deposits.deposit({
      applicationCode: PLATFORM_APPLICATION_CODE,
      sender: { identifier: structure, name },
      channel: 'PORTAL',
      name: { interfaceCode },
      bytes: createReadStream(path) as AsyncIterable<Buffer>,
      announcedSize: (await stat(path)).size,
      attempt,
      actor: actorOf(caller),
    });
    const [refusal] = receipt.findings;
    if (refusal !== undefined) throw new CommandRefused('DEP-004', `Le fichier n’est pas envoyé. ${refusal.message}`);
    await this.queue.hint({ step: 'ingest', flowNumber: receipt.flowNumber });
    return receipt.flowNumber;
  }
}

/**
 * What the file is, by its content (R21).
 *
 * @throws Problem `DEP-001` (422) nothing that holds invoices, `DEP-005` (413) a batch that is too large (R24)
 */
async function recognised(path: string): Promise<Recognition['kind']> {
  const { size } = await stat(path);
  const { kind, ...rest } = recognise(await headOf(path, size));
  if (kind === 'empty') throw new Problem(422, 'DEP-001', 'Le fichier est vide. Choisissez celui de la facture.');
  if (kind === 'unknown') {
    const { description } = rest as { readonly description: string };
    throw new Problem(
      422,
      'DEP-001',
      `Le fichier n’est pas reconnu (${description}). Envoyez un Factur-X (PDF), un XML UBL ou CII, ou une archive zip ou tar.gz de ces fichiers.`,
    );
  }
  const most = kind === 'pdf' ? LARGEST_SENT_FILE : kind === 'xml' ? defaultLimits.memberBytes : LARGEST_BATCH;
  if (size > most)
    throw new Problem(
      413,
      'DEP-005',
      `Le fichier fait ${size} octets, pour ${most} au plus : découpez-le, ou déposez-le par EDI.`,
    );
  return kind;
}

async function headOf(path: string, size: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(Math.min(size, recogniseHeadBytes));
    await file.read(head, 0, head.length, 0);
    return head;
  } finally {
    await file.close();
  }
}

/**
 * Says of a file of which nothing can be read what to do instead.
 *
 * @throws Problem `DEP-002` (422) a PDF that no program can read, `DEP-006` (422) anything else without an invoice that can be read
 */
function refuseUnreadable(reports: readonly InvoiceReport[]): void {
  if (reports.some(({ status }) => status === 'judged')) return;
  const findings = reports.flatMap((report) => report.findings);
  if (findings.some(({ rule }) => rule === 'PDF-NO-XML'))
    throw new Problem(
      422,
      'DEP-002',
      'Ce PDF ne porte pas de facture en XML (Factur-X) : ses données ne peuvent pas être lues. Saisissez la facture dans un brouillon et joignez-y ce PDF avec la qualification LISIBLE.',
      { findings },
    );
  const detail = findings[0]?.message ?? 'Le fichier ne contient aucune facture.';
  throw new Problem(422, 'DEP-006', `Le fichier n’est pas envoyé. ${detail}`, { findings });
}

/** The interface that the content calls for: its syntax, and the portal's own formats or those of the reform (R21). */
function interfaceOf(container: Recognition['kind'], reports: readonly InvoiceReport[]): string {
  const first = reports.find(({ status }) => status === 'judged');
  const isHistoric = first?.rules.some((name) => name.startsWith('chorus-historic')) === true;
  if (container === 'pdf') return isHistoric ? 'FSO1117A' : 'FSO1157A';
  if (first?.format?.syntax === 'CII') return isHistoric ? 'FSO1106A' : 'FSO1156A';
  return isHistoric ? 'FSO1100A' : 'FSO1150A';
}
