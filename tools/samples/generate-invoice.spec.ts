import { XmlDocument } from 'libxml2-wasm';
import {
  FAULT_KINDS,
  flowName,
  generateInvoice,
  invoiceStream,
  sampleDirectory,
  sampleInvoiceNumber,
  type FaultKind,
  type InvoiceRequest,
  type SampleFormat,
} from './index.js';

const SEED = 'generate';
const directory = sampleDirectory(SEED);
const request = (format: SampleFormat, rank = 5): InvoiceRequest => ({
  seed: SEED,
  rank,
  format,
  supplier: directory.suppliers[0] as (typeof directory.suppliers)[number],
  recipient: directory.recipients[1] as (typeof directory.recipients)[number],
  issueDate: '2026-09-14',
});

const parses = (xml: string): boolean => {
  try {
    XmlDocument.fromString(xml).dispose();
    return true;
  } catch {
    return false;
  }
};

describe('generateInvoice', () => {
  it('gives the same text for the same request and another for another seed or rank', () => {
    const xml = generateInvoice(request('UBL'));
    expect(generateInvoice(request('UBL'))).toBe(xml);
    expect(generateInvoice(request('UBL', 6))).not.toBe(xml);
    expect(generateInvoice({ ...request('UBL'), seed: 'other' })).not.toBe(xml);
    expect(sampleDirectory(SEED)).toEqual(directory);
    expect(sampleDirectory('other').suppliers[0]?.siren).not.toBe(directory.suppliers[0]?.siren);
  });

  it('numbers within the twenty characters of Chorus Pro', () => {
    expect(sampleInvoiceNumber(SEED, 1_234_567, '2026-09-14')).toMatch(/^[A-Z0-9-]{1,20}$/);
    expect(generateInvoice({ ...request('CII'), number: 'A-1' })).toContain('<ram:ID>A-1</ram:ID>');
  });

  it.each(FAULT_KINDS.flatMap((kind) => [[kind, 'UBL'] as const, [kind, 'CII'] as const]))(
    'the bad invoice %s differs in %s from the good one',
    (kind, format) => {
      const good = generateInvoice(request(format));
      const bad = generateInvoice({ ...request(format), kindOfFault: kind });
      expect(bad).not.toBe(good);
      expect(parses(good)).toBe(true);
      expect(parses(bad)).toBe(kind !== 'not-well-formed');
    },
  );

  it.each(['UBL', 'CII'] as const)('each kind of bad invoice in %s has the fault of its name', (format) => {
    const bad = (kindOfFault: FaultKind): string => generateInvoice({ ...request(format), kindOfFault });
    const { number, siret } = {
      number: sampleInvoiceNumber(SEED, 5, '2026-09-14'),
      siret: directory.recipients[1]?.siret,
    };
    expect(bad('missing-number')).not.toMatch(new RegExp(`<(cbc|ram):ID>${number}<`));
    expect(generateInvoice(request(format))).toMatch(new RegExp(`<(cbc|ram):ID>${number}<`));
    expect(bad('missing-date')).not.toMatch(/IssueDate/);
    expect(bad('missing-recipient')).not.toContain(siret);
    expect(bad('missing-total')).not.toMatch(/TaxInclusiveAmount|GrandTotalAmount/);
    expect(bad('doctype')).toContain('<!DOCTYPE');
    expect(bad('unknown-root')).toMatch(/<(rsm:)?Facture [^>]*"urn:exemple:facture:1"/);
    expect(bad('impossible-date')).toMatch(/2026-?02-?30/);
    expect(bad('recipient-unknown')).toContain(directory.unknownRecipient.siret);
    expect(bad('recipient-inactive')).toContain(directory.inactiveRecipient.siret);
    expect(bad('duplicate')).toContain(sampleInvoiceNumber(SEED, 4, '2026-09-14'));
  });

  it('refuses a duplicate of nothing', () => {
    expect(() => generateInvoice({ ...request('UBL', 0), kindOfFault: 'duplicate' })).toThrow(RangeError);
    expect(() => [
      ...invoiceStream({ seed: SEED, count: 1, issueDate: '2026-09-14', faultAt: () => 'duplicate' }),
    ]).toThrow(RangeError);
  });
});

describe('invoiceStream', () => {
  const stream = (faultAt?: (rank: number) => FaultKind | null) => [
    ...invoiceStream({
      seed: SEED,
      count: 60,
      issueDate: '2026-09-14',
      templateCount: 10,
      ...(faultAt && { faultAt }),
    }),
  ];

  it('writes exactly what generateInvoice writes for the same parties, number and rank of content', () => {
    for (const sample of stream().slice(0, 10)) {
      const { rank, format, supplier, recipient, issueDate, number } = sample;
      expect(sample.xml).toBe(generateInvoice({ seed: SEED, rank, format, supplier, recipient, issueDate, number }));
    }
  });

  it('gives the same stream for the same seed, every number once, both syntaxes, all within 8 to 12 kB', () => {
    const samples = stream();
    expect(stream()).toEqual(samples);
    expect(new Set(samples.map((sample) => sample.number)).size).toBe(60);
    expect(new Set(samples.map((sample) => sample.format))).toEqual(new Set(['UBL', 'CII']));
    for (const sample of samples) {
      expect(Buffer.byteLength(sample.xml)).toBeGreaterThanOrEqual(8_000);
      expect(Buffer.byteLength(sample.xml)).toBeLessThanOrEqual(12_000);
      expect(sample.xml).toContain(sample.supplier.siret);
      expect(sample.xml).toContain(sample.recipient.siret);
    }
  });

  it('makes bad exactly the asked ranks, and leaves their neighbours as they were', () => {
    const good = stream();
    const mixed = stream((rank) => (rank % 5 === 4 ? (FAULT_KINDS[(rank / 5) | 0] ?? null) : null));
    const changed = mixed.filter((sample, rank) => sample.xml !== good[rank]?.xml).map((sample) => sample.rank);
    expect(changed).toEqual(mixed.filter((sample) => sample.fault).map((sample) => sample.rank));
    expect(mixed.filter((sample) => sample.fault).map((sample) => sample.fault)).toEqual([...FAULT_KINDS]);
    const duplicate = mixed.find((sample) => sample.fault === 'duplicate');
    const original = mixed[(duplicate?.rank ?? 0) - 1];
    expect([duplicate?.number, duplicate?.supplier.siren]).toEqual([original?.number, original?.supplier.siren]);
  });
});

describe('flowName', () => {
  it('follows the example of the specification', () => {
    expect(flowName('FSO3110A', 'XXX999', 1)).toBe('FSO3110A_XXX999_XXX9993110000000000000001');
    expect(flowName('FSO1100A', 'ABC123', 42)).toHaveLength(41);
  });

  it.each([
    ['FSO110A', 'ABC123', 1],
    ['FSO1100A', 'ABC12', 1],
    ['FSO1100A', 'ABC123', -1],
    ['FSO1100A', 'ABC123', 1e15],
  ])('refuses %s %s %d', (interfaceCode, applicationCode, sequence) => {
    expect(() => flowName(interfaceCode, applicationCode, sequence)).toThrow(RangeError);
  });
});
