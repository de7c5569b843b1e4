import {
  CONFIGURATION,
  controlByDirectory,
  Directory,
  directoryIdentifier,
  lookUp,
  type Configuration,
} from '#application';
import { invoiceStream } from '#domain';
import { finding, hasFatal, type Finding, type InvoiceReport, type InvoiceTerms } from '#einvoice';
import { EventStore } from '#events';
import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '../platform/problem.js';
import { ThreadCrashed, ThreadFull } from '../threads/one-thread.js';
import type { DryRunResult, DryRunTask, JudgedTerms } from './dry-run-thread.js';
import { DryRun } from './dry-run.js';

/** Invoices of one dry run; more are deposited as a flow. */
export const MOST_INVOICES = 100;

/** How a file is to be judged. */
export type FileToJudge = Omit<DryRunTask, 'mostInvoices' | 'options'> & {
  readonly options?: Pick<DryRunTask['options'], 'rules' | 'interfaceCode'>;
};

/** What is said of a file in a dry run; see {@link InvoiceChecks.judge}. */
export type JudgedFile = Extract<DryRunResult, { outcome: 'judged' }>;

/** Says of invoices, before anybody deposits them, what would be said of them in a flow (R20, R22, R43). */
@Injectable()
export class InvoiceChecks {
  constructor(
    private readonly dryRun: DryRun,
    private readonly directory: Directory,
    private readonly store: EventStore,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /**
   * Judges a file by the rules alone, as one that comes by the portal or by API.
   *
   * @throws Problem `VAL-002` (413) too many invoices, `VAL-003` (400) no such rules, `VAL-005` (422) a document that cannot be
   *   judged, `VAL-006` (503) too many ask at once
   */
  async judge({ options = {}, ...file }: FileToJudge): Promise<JudgedFile> {
    const { REPONS_XSD_FOLDER: schemaFolder } = this.configuration;
    const how = {
      depositedBy: 'interactive' as const,
      ...options,
      ...(schemaFolder === undefined ? {} : { schemaFolder }),
    };
    const result = await this.dryRun
      .run({ ...file, options: how, mostInvoices: MOST_INVOICES })
      .catch((error: unknown) => {
        if (error instanceof ThreadCrashed)
          throw new Problem(422, 'VAL-005', 'Le contrôle n’a pas pu être mené à son terme : le document l’arrête.');
        if (error instanceof ThreadFull)
          throw new Problem(503, 'VAL-006', 'Trop de contrôles sont en attente : recommencez dans une minute.');
        throw error;
      });
    if (result.outcome === 'unknown-rules') throw new Problem(400, 'VAL-003', result.message);
    if (result.outcome === 'too-many')
      throw new Problem(413, 'VAL-002', `Le fichier a plus de ${MOST_INVOICES} factures : déposez-le comme un flux.`);
    return result;
  }

  /**
   * Judges a file as the worker will: by the rules of the interface, the directory (R23) and the uniqueness of each invoice
   * (G1.45), in the order of the file.
   *
   * @throws Problem as {@link judge}
   */
  async check(file: FileToJudge): Promise<readonly InvoiceReport[]> {
    const { reports, judged } = await this.judge(file);
    const extract = await lookUp(this.directory, judged);
    const duplicates = await this.duplicatesAmong(judged);
    return reports.map((report, place) => {
      const one = judged[place];
      if (one === undefined) return report;
      const ofDirectory = controlByDirectory(one, extract);
      const findings = [...report.findings, ...ofDirectory, ...(duplicates[place] ?? [])];
      return { ...report, findings, valid: report.valid && !hasFatal(findings) };
    });
  }

  /** The finding of each invoice whose number its issuer has used, in the platform or earlier in the same file. */
  private async duplicatesAmong(judged: readonly JudgedTerms[]): Promise<readonly (readonly Finding[])[]> {
    const streams = judged.map(({ terms }) => streamOf(terms));
    const existing = await this.store.streamVersions(streams.filter((stream) => stream !== null));
    return streams.map((stream, place) => {
      if (stream === null) return [];
      const { value, location, line } = judged[place]?.terms.number ?? { value: null, location: null, line: null };
      const details = { found: value, location, line };
      if (existing.has(stream)) return [finding('DUPLICATE', details)];
      return streams.indexOf(stream) < place ? [finding('DUPLICATE-IN-FLOW', details)] : [];
    });
  }
}

function streamOf({ supplier, number, issueDate }: InvoiceTerms): string | null {
  const issuer = directoryIdentifier(supplier);
  if (issuer === null || number === null || issueDate === null) return null;
  return invoiceStream(issuer, number.value, issueDate.value);
}
