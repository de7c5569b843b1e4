import { judgeFile, judgeInvoice, judgeInvoices, type JudgeOptions } from '#einvoice';
import { XmlDocument, XmlParseError } from 'libxml2-wasm';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { FAULT_KINDS, invoiceStream, type FaultKind } from '../samples/index.js';
import { inTurn, medianBy, ratioOf } from './measure.js';

/** What `bench -- validate` is asked. */
export interface ValidateBenchOptions {
  /** Part of the invoices that are bad, from 0 to 1. */
  readonly bad: number;
  /** Rounds in which each thing is measured once. */
  readonly rounds: number;
  /** One invoice with a supporting document of this many megabytes instead of many small ones. */
  readonly large?: number;
  readonly json: boolean;
}

interface Pace {
  /** Invoices in a second of one processor. */
  readonly perSecond: number;
  readonly cpuMilliseconds: number;
}

const ISSUE_DATE = '2026-09-01';
const CONTROL_DATE = '2026-09-30';
const SAMPLES = 200;
/** Times that a round goes over the samples. */
const TURNS = 3;
/** V8 has compiled most of what judges after so many: a flow of 1 GB holds a hundred thousand. */
const WARM_UP_INVOICES = 20_000;
const ASKED_PER_SECOND = 3_000;
const MEGABYTE = 1e6;

/**
 * Reading and judging invoices with the full rule sets, on one thread, as batches of them are judged and each alone, beside a
 * parser alone on the same documents. The pace is told by processor time, which holds on a machine that others load.
 */
export async function benchValidate(options: ValidateBenchOptions): Promise<void> {
  if (options.large === undefined) await benchMany(options);
  else await benchLarge(options.large, options.json);
}

async function benchMany({ bad, rounds, json }: ValidateBenchOptions): Promise<void> {
  // As in the worker; and what is told is the pace of one core, so that the collector has no other one to wake.
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--no-parallel-scavenge');
  const documents = sampleDocuments(bad);
  const options: JudgeOptions = { kind: 'xml', interfaceCode: 'FSO1150A', controlDate: CONTROL_DATE };
  const judge = async (): Promise<void> => {
    let judged = 0;
    for await (const { item } of judgeInvoices(documents.map((bytes) => ({ bytes, options }))))
      if (item.bytes === documents[judged]) judged++;
    if (judged !== documents.length) throw new Error('An invoice was not judged');
  };
  const judgeEachAlone = async (): Promise<void> => {
    for (const bytes of documents) await judgeInvoice(bytes, options);
  };
  await paceOf(documents, judge, WARM_UP_INVOICES / documents.length);
  const [together, apart, parsing] = await inTurn(rounds, [
    () => paceOf(documents, judge, TURNS),
    () => paceOf(documents, judgeEachAlone, TURNS),
    () => paceOf(documents, () => parseAll(documents), TURNS),
  ]);
  const [judged, alone, limit] = [typicalPace(together), typicalPace(apart), typicalPace(parsing)];
  const speeds = (paces: readonly Pace[]): number[] => paces.map(({ perSecond }) => perSecond);
  const bytes = documents.reduce((sum, document) => sum + document.length, 0);
  const result = {
    invoicesPerSecond: Math.round(judged.perSecond),
    cpuMsPerInvoice: rounded(judged.cpuMilliseconds),
    eachAlonePerSecond: Math.round(alone.perSecond),
    limitPerSecond: Math.round(limit.perSecond),
    ratio: ratioOf(speeds(together), speeds(parsing)),
    peakMemoryMb: peakMemoryMb(),
    asked: ASKED_PER_SECOND,
    averageBytes: Math.round(bytes / documents.length),
    bad,
  };
  say(
    `lecture et contrôle   ${result.invoicesPerSecond} factures/s, ${result.cpuMsPerInvoice} ms par facture (demandé : ${ASKED_PER_SECOND}/s)`,
  );
  say(`chacune à part        ${result.eachAlonePerSecond} factures/s`);
  say(`analyseur XML seul    ${result.limitPerSecond} factures/s, soit un rapport de ${result.ratio}`);
  say(`mémoire               ${result.peakMemoryMb} Mo au plus`);
  tell(result, json);
}

function parseAll(documents: readonly Buffer[]): Promise<void> {
  for (const bytes of documents) {
    try {
      XmlDocument.fromBuffer(bytes).dispose();
    } catch (error) {
      if (!(error instanceof XmlParseError)) throw error; // one of the bad ones is cut short
    }
  }
  return Promise.resolve();
}

/** One invoice whose supporting document fills it: what counts is the memory, and that it ends soon. */
async function benchLarge(megabytes: number, json: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-validate-'));
  try {
    const file = join(folder, 'grande.xml');
    await pipeline(Readable.from(largeInvoice(megabytes)), createWriteStream(file));
    const start = performance.now();
    const judgements = judgeFile(file, { interfaceCode: 'FSO1150A', controlDate: CONTROL_DATE });
    const next = await judgements.next();
    const seconds = rounded((performance.now() - start) / 1000);
    const memory = peakMemoryMb();
    const report = next.done === true ? null : next.value;
    const result = {
      megabytes,
      seconds,
      ...(report && { status: report.status, findings: report.findings.length }),
      peakMemoryMb: memory,
    };
    say(
      `une facture de ${megabytes} Mo   ${seconds} s (demandé : 10), ${memory} Mo de mémoire au plus (demandé : 600)`,
    );
    tell(result, json);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function* largeInvoice(megabytes: number): Generator<string> {
  const [document = Buffer.alloc(0)] = sampleDocuments(0);
  const [before = '', behind = ''] = document.toString().split('<cac:AccountingSupplierParty>');
  yield `${before}<cac:AdditionalDocumentReference><cbc:ID>GRAND</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="grand.pdf">`;
  const megabyte = 'JVBE'.repeat(MEGABYTE / 4);
  for (let written = 0; written < megabytes; written++) yield megabyte;
  yield `</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>${behind}`;
}

function sampleDocuments(bad: number): Buffer[] {
  const every = bad > 0 ? Math.round(1 / bad) : 0;
  const faultAt = (rank: number): FaultKind | null =>
    every > 0 && rank % every === every - 1
      ? (FAULT_KINDS[Math.floor(rank / every) % FAULT_KINDS.length] ?? null)
      : null;
  const invoices = invoiceStream({ seed: 'validate', count: SAMPLES, issueDate: ISSUE_DATE, faultAt });
  return Array.from(invoices, ({ xml }) => Buffer.from(xml));
}

/** @param work what is done with all the documents, so many times */
async function paceOf(documents: readonly Buffer[], work: () => Promise<void>, times: number): Promise<Pace> {
  const start = process.cpuUsage();
  for (let turn = 0; turn < times; turn++) await work();
  const { user, system } = process.cpuUsage(start);
  const used = (user + system) / 1e6;
  const done = times * documents.length;
  return { perSecond: done / used, cpuMilliseconds: (used / done) * 1000 };
}

function typicalPace(paces: readonly Pace[]): Pace {
  return medianBy(paces, ({ perSecond }) => perSecond);
}

/** The most that the process has held, in megabytes. */
function peakMemoryMb(): number {
  return Math.round((process.resourceUsage().maxRSS * 1024) / MEGABYTE);
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function tell(result: object, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
}
